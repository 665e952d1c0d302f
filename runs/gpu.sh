#!/usr/bin/env bash
# What ten minutes of a large GPU gave the third edition's successor: the palette network, larger and with coloured
# references; and a try of the paint stage against a discriminator, which had learned no shading when time was up
# (docs/log.md, 2026-11-27).
#   command   bash runs/gpu.sh [FOLDER]
#   hardware  a GPU (an H100 here, nearly idle: 16 CPU cores could not feed it), 16 CPU cores, 30 GB memory
#   price     corpus 4 minutes, trainings side by side 9 minutes
#   needs     NURIE_WEIGHTS_DIR with VGG-19 for the paint stage
# The palette ended without a cool-down, and got it on a CPU afterwards: runs/cool-down.sh.
set -euo pipefail

work=${1:-work-gpu}
for drawn in characters:9000 anime:9000 world:8000 dicebear:3000; do
  nurie corpus "${drawn%:*}" --count "${drawn#*:}" -o "$work/corpus"
done

export OMP_NUM_THREADS=1
nurie train "$work/corpus" --stage palette --preset default --images 180k --set views=1 --workers 11 \
  --batch-size 64 --set learning_rate=0.0015 --set warmup_images=6400 --set ema_halflife=24000 \
  -o "$work/palette" &
nurie train "$work/corpus" --stage paint --preset adversarial --images 40k --set views=1 --workers 7 \
  --set true_regions=0.5 --set region_method=close_gaps --set cooldown_images=10k -o "$work/paint" &
wait
