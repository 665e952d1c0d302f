#!/usr/bin/env bash
# The run that makes the shipped weights.
#   command   bash runs/default.sh
#   hardware  2 CPU cores (AVX-512, float32), 24 GB memory, 8 GB disk
#   price     corpus 20 minutes; palette: see docs/model-card.md for images, hours and scores
# The corpus is drawn anew from its seeds; nothing is downloaded.
set -euo pipefail

work=${1:-work}
nurie corpus anime --count 17000 --seed 0 -o "$work/corpus"
nurie corpus dicebear --count 3000 --seed 0 -o "$work/corpus"

# PyTorch's allocator returns memory to the kernel and takes it back at every step; jemalloc keeps it.
for library in /usr/lib/*/libjemalloc.so.2; do
  [ -e "$library" ] && export LD_PRELOAD=$library MALLOC_CONF=dirty_decay_ms:-1,muzzy_decay_ms:-1
done
nurie train "$work/corpus" --stage palette --preset default --images 120k --set views=1 -o "$work/palette"
nurie export "$work/palette" -o "$work/weights"

nurie corpus anime --count 300 --seed 900000 -o "$work/held-out"
nurie evaluate acceptance "$work/held-out" --weights "$work/weights" -o "$work/scores"
