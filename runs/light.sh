#!/usr/bin/env bash
# Light and shade learnt on drawings whose lines tell them.
#   command   bash runs/light.sh [FOLDER [WINDOWS]]
#   hardware  1 CPU core
#   price     at 12 to 14 windows a second of a free core: 35 minutes for the shipped 10,200 and 14,000, corpora 2 minutes
#   expected  docs/log.md
# Goes on from checkpoints/: the network there has been through it, from that of commit 979205a. Its losses were still
# falling, so more drawings and WINDOWS should give harder shadows, blush and the ring of light on hair.
set -euo pipefail

work=${1:-work}
windows=${2:-10200}
nurie corpus characters --count 570 --seed 0 -o "$work/light"
nurie corpus lit --count 237 --seed 0 -o "$work/light"

source "$(dirname "${BASH_SOURCE[0]}")/jemalloc.sh"

# XDoG would draw the edges of shadows as lines, and tell what no line of an artist tells.
lines=(--set xdog_lines=0 --set true_lines=0.7 --set pen_lines=0.3)
first=$((windows * 76 / 100))
nurie train "$work/light" --stage paint --preset default --init checkpoints/paint --images $first --batch-size 4 \
  --workers 0 "${lines[@]}" --set l2=50 --set l1=5 --set warmup_images=200 --set cooldown_images=0 \
  --set ema_halflife=600 -o "$work/paint"
# Then, at a falling rate, more of L1, and of each view the window with the most light and shade.
nurie train "$work/light" --stage paint --resume --images "$windows" --set cooldown_images=$((windows - first)) \
  --set tries=4 --set l2=30 --set l1=10 --set learning_rate=0.0025 -o "$work/paint"
# And a second sitting.
nurie train "$work/light" --stage paint --preset default --init "$work/paint" --images 14k --batch-size 4 --seed 3 \
  --workers 0 "${lines[@]}" --set tries=3 --set l2=30 --set l1=10 --set learning_rate=0.003 \
  --set warmup_images=100 --set cooldown_images=6k --set ema_halflife=600 -o "$work/paint-on"
nurie export checkpoints/steps "$work/paint-on" -o "$work/weights"
