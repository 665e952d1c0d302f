#!/usr/bin/env bash
# The palette network learns what things look like, and to colour in 4 steps.
#   command   NURIE_ICONS=FOLDER bash runs/things.sh [FOLDER]
#   hardware  1 CPU core
#   price     corpus 18 minutes, palette 68 minutes beside another training, steps 13 minutes
#   expected  docs/model-card.md
# NURIE_ICONS names the collections of icons (docs/data.md). Goes on from checkpoints/: the palette there has been through
# it, from that of commit 5d7f35a.
set -euo pipefail

work=${1:-work}
nurie corpus anime --count 3300 --seed 300000 -o "$work/things"
nurie corpus characters --count 3300 --seed 300000 -o "$work/things"
nurie corpus dicebear --count 400 --seed 0 -o "$work/things"
nurie corpus dicebear --count 1200 --seed 20000 -o "$work/things"
nurie corpus world --count 1200 --seed 0 -o "$work/things"
nurie corpus world --count 900 --seed 6000 -o "$work/things"
nurie corpus icons --count 7000 --seed 200000 -o "$work/things"

source "$(dirname "${BASH_SOURCE[0]}")/jemalloc.sh"

# Two drawings at a time: 15.6 images a second instead of 12.2, as fewer are padded to the most regions of the batch.
nurie train "$work/things" --stage palette --preset default --init checkpoints/palette --images 36k --set accumulate=8 \
  --workers 0 --set views=1 --set learning_rate=0.0008 --set warmup_images=600 --set cooldown_images=24k \
  --set ema_halflife=1500 --seed 31 -o "$work/palette-things"
# The new things of the one and the calm of the other.
python runs/average.py checkpoints/palette "$work/palette-things" "$work/palette-mean"
nurie train "$work/things" --stage steps --init "$work/palette-mean" -o "$work/steps"
unset LD_PRELOAD MALLOC_CONF
nurie export "$work/steps" checkpoints/paint -o "$work/weights"
