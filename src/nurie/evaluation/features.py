"""The pretrained networks behind the scores and the perceptual loss, in one place."""

from nurie.evaluation.inception import InceptionFeatures
from nurie.evaluation.pretrained import PRETRAINED, find_pretrained, load_pretrained
from nurie.evaluation.stlpips import STLPIPS
from nurie.evaluation.vgg19 import VGG19Features

__all__ = [
    "PRETRAINED",
    "STLPIPS",
    "InceptionFeatures",
    "VGG19Features",
    "find_pretrained",
    "load_pretrained",
]
