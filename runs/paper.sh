#!/usr/bin/env bash
# Tables I-IV and Figures 7-10 and 13 of the paper on our data: every row at the same budget on the same drawings.
#   command   bash runs/paper.sh [PRESET [FOLDER]]     PRESET: tiny, cpu (default) or paper
#   hardware  tiny, cpu: 2 CPU cores; paper: a GPU with 16 GB, and 64 GB of memory for the drawings
#   price     tiny: half a minute of one idle core; cpu (64 px, 12,000 images a row, 2 seeds): some two and a half hours
#             of one idle core, added up from measured parts (docs/evaluation.md); paper (256 px, 2 M images a row): not
#             run here, at least four hours of a large GPU for each row (docs/training-speed.md)
#   expected  docs/evaluation.md
# What is done is not done again: run it anew after an interruption. FID, ST-LPIPS and (for paper) VGG-19 want
# NURIE_WEIGHTS_DIR. ART=FOLDER takes sets B and C from a folder of art, as in docs/evaluation.md. With the paper's own
# sets, or any others: nurie testsets --set A=DIR --set B=DIR --set C=DIR -o FOLDER/testsets.
set -euo pipefail

preset=${1:-cpu}
work=${2:-work/paper-$preset}

if [ "$preset" = tiny ]; then
  nurie tables 1 2 3 4 --budget tiny --seeds 1 -o "$work"
  nurie figures 7 8 9 10 13 --runs "$work"
  exit
fi

held_out=100
[ "$preset" = paper ] && held_out=1969
[ -d "$work/testsets" ] || nurie testsets ${ART:+--from "$ART"} --count "$held_out" -o "$work/testsets"

# The ablations first: they are what the paper is about.
for table in 2 3 1 4; do
  nurie tables "$table" --preset "$preset" --seeds 2 --testsets "$work/testsets" -o "$work/tables"
done
nurie figures 7 8 9 10 13 --runs "$work/tables"
