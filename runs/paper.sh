#!/usr/bin/env bash
# Tables I-IV and Figures 7-10 and 13 of the paper on our data: every row at the same budget on the same drawings.
#   command   bash runs/paper.sh [PRESET [FOLDER]]     PRESET: tiny, cpu (default) or paper
#   hardware  tiny, cpu: 2 CPU cores; paper: a GPU with 16 GB
#   price     tiny: two minutes; cpu (64 px, 8,000 images a row, 2 seeds): some 3 hours on an idle core, the last
#             of them for 1024 patches; paper (256 px, 2 M images a row): not run here, days of a GPU for each row
#   expected  docs/evaluation.md
# What is done is not done again: run it anew after an interruption. FID, ST-LPIPS and (for paper) VGG-19 want
# NURIE_WEIGHTS_DIR. With the paper's own sets, or any other: nurie testsets --set A=DIR --set B=DIR --set C=DIR.
set -euo pipefail

preset=${1:-cpu}
work=${2:-work/paper-$preset}

if [ "$preset" = tiny ]; then
  nurie tables 1 2 3 4 --budget tiny --seeds 1 -o "$work"
  nurie figures 7 8 9 10 --runs "$work"
  exit
fi

drawings=1000 held_out=200 budget=8000
[ "$preset" = paper ] && drawings=40000 held_out=1969 budget=2M

nurie corpus anime --count "$drawings" --seed 0 -o "$work/corpus"
nurie corpus anime --count "$held_out" --seed 900000 -o "$work/held-out"
[ -d "$work/testsets" ] || nurie testsets --set A="$work/held-out" --count "$held_out" -o "$work/testsets"

# The ablations first: they are what the paper is about.
for table in 2 3 1 4; do
  nurie tables "$table" --preset "$preset" --budget "$budget" --seeds 2 \
    --data "$work/corpus" --testsets "$work/testsets" -o "$work/tables"
done
nurie figures 7 8 9 10 13 --runs "$work/tables"
