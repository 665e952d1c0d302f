#!/usr/bin/env bash
# The runs that make the shipped weights: gaps, edges nobody drew, then colours. (The shipped networks were trained in several
# sittings: boundary and palette saw people only at first and the world in the end, the gaps network went on from the mean of two
# states, docs/log.md. This is the same data and work in one go.)
#   command   bash runs/default.sh [FOLDER]
#   hardware  2 CPU cores (AVX-512, float32), 24 GB memory, 10 GB disk
#   price     corpus 30 minutes, gaps 40 minutes, boundary 25 minutes, palette 110 minutes, scores 10 minutes
#   expected  docs/model-card.md
# The corpus is drawn anew from its seeds; nothing is downloaded but the packages. FID wants NURIE_WEIGHTS_DIR.
set -euo pipefail

work=${1:-work}
nurie corpus anime --count 10000 --seed 0 -o "$work/corpus"
nurie corpus dicebear --count 3000 --seed 0 -o "$work/corpus"
nurie corpus world --count 8000 --seed 0 -o "$work/corpus"

# PyTorch's allocator returns memory to the kernel and takes it back at every step; jemalloc keeps it.
for library in /usr/lib/*/libjemalloc.so.2; do
  [ -e "$library" ] && export LD_PRELOAD=$library MALLOC_CONF=dirty_decay_ms:-1,muzzy_decay_ms:-1
done

nurie train "$work/corpus" --stage gaps --preset default --images 480k --set cooldown_images=400k -o "$work/gaps"
nurie export "$work/gaps" -o "$work/gaps-weights"
cp "$work/gaps-weights/gaps.npz" "$(python -c 'import nurie.regions.gaps as m; print(m.WEIGHTS)')"

nurie train "$work/corpus" --stage boundary --preset default --images 100k --set cooldown_images=30k -o "$work/boundary"
nurie export "$work/boundary" -o "$work/boundary-weights"
cp "$work/boundary-weights/boundary.onnx" "$(python -c 'import nurie.regions.learned as m; print(m.WEIGHTS)')"

nurie train "$work/corpus" --stage palette --preset default --images 140k \
  --set views=1 --set cooldown_images=40k -o "$work/palette"
nurie export "$work/palette" -o "$work/weights"

unset LD_PRELOAD MALLOC_CONF
nurie corpus anime --count 300 --seed 900000 -o "$work/held-out"
nurie evaluate acceptance "$work/held-out" --training "$work/corpus" --weights "$work/weights" -o "$work/scores"
