#!/bin/sh
# Everything once, small: draw a corpus, train both stages, export, color.
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

nurie corpus anime --count 32 --seed 0 -o "$out/corpus"
nurie train "$out/corpus" --stage palette --preset tiny --images 800 --device cpu --workers 1 -o "$out/palette"
nurie train "$out/corpus" --stage paint --preset tiny --images 400 --device cpu --workers 1 -o "$out/paint"
nurie export "$out/palette" "$out/paint" -o "$out/weights"
nurie color "$out/corpus/sketch/anime-000000.png" -o "$out/colored.png" --weights "$out/weights"
test -s "$out/colored.png"
echo "smoke test passed"
