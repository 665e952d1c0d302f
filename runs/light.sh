#!/usr/bin/env bash
# Light and shade learnt on drawings whose lines tell them.
#   command   NURIE_WEIGHTS_DIR=FOLDER bash runs/light.sh [FOLDER [WINDOWS]]
#   hardware  1 CPU core with bfloat16
#   price     corpus 6 minutes; 32 minutes for WINDOWS=14k, then 41 minutes, both beside another training
#   expected  docs/log.md, "Light, with VGG-19"
# NURIE_WEIGHTS_DIR has VGG-19 (src/nurie/evaluation/pretrained.py). Goes on from checkpoints/: the network there has been through it, from
# that of commit 5d7f35a, which had been through the recipe of that commit.
set -euo pipefail

work=${1:-work}
windows=${2:-14k}
nurie corpus characters --count 1400 --seed 0 -o "$work/light"
nurie corpus characters --count 3300 --seed 300000 -o "$work/light"
nurie corpus lit --count 700 --seed 0 -o "$work/light"

source "$(dirname "${BASH_SOURCE[0]}")/jemalloc.sh"

# XDoG would draw the edges of shadows as lines, and tell what no line of an artist tells. Of each view the window with the
# most light and shade, where they weigh 3.5 times as much as flat colour: so rings of light and blush show, whose place is
# never sure to the pixel.
settings=(--stage paint --preset default --workers 0 --device cpu --set xdog_lines=0 --set true_lines=0.7 --set pen_lines=0.3
  --set warmup_images=100 --set ema_halflife=400)
nurie train "$work/light" "${settings[@]}" --init checkpoints/paint --images "$windows" --batch-size 8 --set tries=3 \
  --set l2=10 --set l1=10 --set emphasis=2.5 --set learning_rate=0.004 --set cooldown_images=0 --seed 51 -o "$work/paint"
# Then against a discriminator that is told the flats, and as VGG-19 sees it, at a falling rate: edges get hard, and nothing
# stays beside hair.
nurie train "$work/light" "${settings[@]}" --init "$work/paint" --images 6000 --batch-size 4 --set tries=2 --set l2=0 --set l1=12 \
  --set emphasis=1.5 --set perceptual=0.001 --set learning_rate=0.002 --set cooldown_images=4000 --set adversarial=0.3 \
  --set r1=0.3 --set betas=0.0,0.99 --set network.told_flats=true --set precision=bf16 --seed 52 -o "$work/paint-last"
nurie export checkpoints/steps "$work/paint-last" -o "$work/weights"
