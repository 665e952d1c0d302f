#!/usr/bin/env bash
# The last hour of the shipped weights, on a CPU: the palette network comes to rest, the paint stage learns light.
#   command   bash runs/cool-down.sh [FOLDER]
#   hardware  2 CPU cores
#   price     corpus 5 minutes, palette 45 minutes and paint 30 minutes beside each other
#   expected  docs/model-card.md
# Goes on from checkpoints/: those there have been through it.
set -euo pipefail

work=${1:-work}
nurie corpus characters --count 2400 --seed 0 -o "$work/corpus"
nurie corpus characters --count 2400 --seed 0 -o "$work/characters"
nurie corpus anime --count 6000 --seed 0 -o "$work/corpus"
nurie corpus dicebear --count 2500 --seed 0 -o "$work/corpus"
nurie corpus world --count 5000 --seed 0 -o "$work/corpus"

source "$(dirname "${BASH_SOURCE[0]}")/jemalloc.sh"

nurie train "$work/corpus" --stage palette --preset default --init checkpoints/palette --images 16k --workers 0 \
  --set learning_rate=0.0006 --set warmup_images=480 --set cooldown_images=15k --set ema_halflife=1500 \
  -o "$work/palette" &
nurie train "$work/characters" --stage paint --preset default --init checkpoints/paint --images 20k --workers 0 \
  --set cooldown_images=7k -o "$work/paint" &
wait
nurie export "$work/palette" "$work/paint" -o "$work/weights"
