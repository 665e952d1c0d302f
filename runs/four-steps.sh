#!/usr/bin/env bash
# The palette network learns to colour in 4 steps instead of 24.
#   command   bash runs/four-steps.sh [FOLDER] [CHECKPOINT of the palette stage]
#   hardware  1 CPU core
#   price     corpus 5 minutes; 4,000 drawings of 0.35 s of processor time, 25 minutes
#   expected  docs/log.md (240 drawings were seen so far, which is too few)
# The corpus is drawn anew from its seeds, unless FOLDER/corpus is there.
set -euo pipefail

work=${1:-work}
teacher=${2:-checkpoints/palette}
if [ ! -e "$work/corpus" ]; then
  nurie corpus characters --count 2400 --seed 0 -o "$work/corpus"
  nurie corpus anime --count 6000 --seed 0 -o "$work/corpus"
  nurie corpus dicebear --count 2500 --seed 0 -o "$work/corpus"
  nurie corpus world --count 5000 --seed 0 -o "$work/corpus"
fi

source "$(dirname "${BASH_SOURCE[0]}")/jemalloc.sh"

nurie train "$work/corpus" --stage steps --init "$teacher" -o "$work/steps"
unset LD_PRELOAD MALLOC_CONF
nurie export "$work/steps" checkpoints/paint -o "$work/weights"
