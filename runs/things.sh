#!/usr/bin/env bash
# The palette network learns what things look like, and to colour in 4 steps.
#   command   NURIE_ICONS=FOLDER bash runs/things.sh [FOLDER]
#   hardware  2 CPU cores
#   price     corpus 30 minutes, palette 55 minutes, steps 13 minutes of one core
#   expected  docs/model-card.md
# NURIE_ICONS names the collections of icons (docs/data.md). Goes on from checkpoints/: the palette there has been through
# it twice, from that of commit f3efb7c with seed 61, and from what came of that with seed 71.
set -euo pipefail

work=${1:-work}
for drawings in "anime 0 900" "anime 2000 900" "anime 6000 1500" "anime 300000 3300" \
  "characters 0 900" "characters 3000 900" "characters 6000 1300" "characters 300000 3300" \
  "dicebear 0 400" "dicebear 20000 1200" "dicebear 40000 2600" "world 0 1200" "world 6000 900" \
  "icons 200000 7000" "icons 210000 8000"; do
  read -r source seed count <<< "$drawings"
  nurie corpus "$source" --count "$count" --seed "$seed" -o "$work/things"
done

source "$(dirname "${BASH_SOURCE[0]}")/jemalloc.sh"

# Each process takes two drawings at a time: 15.6 images a second instead of 12.2, as fewer are padded to the most regions
# of the batch.
torchrun --standalone --nproc-per-node 2 --no-python nurie train "$work/things" --stage palette --preset default \
  --init checkpoints/palette --images 60k --set accumulate=4 --workers 0 --device cpu --set views=1 --set opened=0.15 \
  --set learning_rate=0.0008 --set warmup_images=1000 --set cooldown_images=42k --set ema_halflife=2000 --seed 71 \
  -o "$work/palette-things"
# The new things of the one and the calm of the other.
python runs/average.py checkpoints/palette "$work/palette-things" "$work/palette-mean"
nurie train "$work/things" --stage steps --init "$work/palette-mean" --seed 71 -o "$work/steps"
unset LD_PRELOAD MALLOC_CONF
nurie export "$work/steps" checkpoints/paint -o "$work/weights"
