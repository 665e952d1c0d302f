#!/bin/sh
# Everything once, small: draw pictures, prepare shards, train both stages, export, color.
#
#   runs/smoke.sh [FOLDER]     leaves all results in FOLDER (default: a temporary one that is deleted)
#
# Hardware: two CPU cores. Time: about two minutes. Scores: none; the colors are poor after so few images.
set -eu

out=${1:-}
if [ -z "$out" ]; then
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
fi

nurie corpus anime --count 8 --seed 32 -o "$out/corpus"
nurie prepare anime:0-31 "$out/corpus/color" --workers 2 -o "$out/shards"
nurie train "$out/shards" --stage palette --preset tiny --images 800 --device cpu --workers 1 -o "$out/palette"
nurie train "$out/shards" --stage paint --preset tiny --images 400 --device cpu --workers 1 -o "$out/paint"
nurie export "$out/palette" "$out/paint" -o "$out/weights"
nurie color "$out/corpus/sketch/anime-000032.png" -o "$out/colored.png" --weights "$out/weights"
test -s "$out/colored.png"
echo "smoke test passed"
