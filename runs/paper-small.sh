#!/usr/bin/env bash
# Does the latent code do something? The paper's network at 64 px, in its own form and with w from the picture.
#   command   bash runs/paper-small.sh [FOLDER]
#   hardware  1 CPU core
#   price     corpus 2 minutes, each training 4 minutes, scores half a minute
#   needs     NURIE_WEIGHTS_DIR with the weights of ST-LPIPS
#   expected  docs/studies.md: two codes about 1 CIEDE2000 apart in the paper's form, 14 with w from the picture
set -euo pipefail

work=${1:-work-small}
nurie corpus anime --count 700 --seed 0 --side 128 -o "$work/corpus"
nurie corpus anime --count 16 --seed 890000 --side 128 -o "$work/validation"
for preset in paper_small paper_small_latent; do
  nurie train "$work/corpus" --stage paint --preset "$preset" --device cpu -o "$work/$preset"
  nurie evaluate latent "$work/$preset" "$work/validation" -o "$work/$preset/latent"
done
nurie study gradients "$work/corpus" --device cpu -o "$work/gradients"
