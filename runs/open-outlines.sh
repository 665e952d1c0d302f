#!/usr/bin/env bash
# The gaps network learns outlines that are left open: by a quick hand, and with a margin around what lies in front.
#   command   NURIE_ICONS=FOLDER bash runs/open-outlines.sh [FOLDER]
#   hardware  1 CPU core
#   price     corpus 18 minutes, then 10, 13 and 18 minutes
#   expected  docs/regions.md, "Outlines left open"
# NURIE_ICONS names the collections of icons (docs/data.md). Goes on from checkpoints/gaps-before; checkpoints/gaps has been
# through it. The shipped runs shared a corpus with another stage, with the same sources and counts.
set -euo pipefail

work=${1:-work}
nurie corpus icons --count 5100 --seed 0 -o "$work/open"
nurie corpus anime --count 1800 --seed 0 -o "$work/open"
nurie corpus characters --count 1800 --seed 0 -o "$work/open"
nurie corpus world --count 1200 --seed 0 -o "$work/open"
nurie corpus dicebear --count 1600 --seed 0 -o "$work/open"

source "$(dirname "${BASH_SOURCE[0]}")/jemalloc.sh"

# Each sitting sees every drawing in one view of its own, many times.
start=checkpoints/gaps-before
for sitting in "1 80k 0.0007 0.35 60k" "5 100k 0.0005 0.25 80k" "9 140k 0.0005 0.25 110k"; do
  read -r seed images rate opened cooldown <<< "$sitting"
  nurie train "$work/open" --stage gaps --preset default --init "$start" --seed "$seed" --images "$images" --workers 0 \
    --set views=1 --set opened="$opened" --set learning_rate="$rate" --set cooldown_images="$cooldown" \
    --set warmup_images=1200 --set ema_halflife=3000 -o "$work/gaps-$seed"
  start=$work/gaps-$seed
done
nurie export "$start" -o "$work/gaps-weights"
