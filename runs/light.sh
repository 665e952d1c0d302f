#!/usr/bin/env bash
# Light and shade learnt on drawings whose lines tell them, from checkpoints/paint on.
#   command   bash runs/light.sh [FOLDER]
#   hardware  1 CPU core of its own
#   price     corpora 8 minutes, training 55 minutes (14 windows a second)
#   expected  docs/log.md
set -euo pipefail

work=${1:-work}
nurie corpus characters --count 2400 --seed 0 -o "$work/light"
nurie corpus lit --count 1600 --seed 0 -o "$work/light"

export OMP_NUM_THREADS=1
for library in /usr/lib/*/libjemalloc.so.2; do
  [ -e "$library" ] && export LD_PRELOAD=$library MALLOC_CONF=dirty_decay_ms:-1,muzzy_decay_ms:-1
done

# XDoG would draw the edges of shadows as lines, and tell what no line of an artist tells.
nurie train "$work/light" --stage paint --preset default --init checkpoints/paint --images 45k --workers 0 \
  --set l1=10 --set l2=30 --set tries=4 --set xdog_lines=0 --set true_lines=0.7 --set pen_lines=0.3 -o "$work/paint"
nurie export checkpoints/palette "$work/paint" -o "$work/weights"
