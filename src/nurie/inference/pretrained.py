"""Weights by name: a folder, or a repository of the Hugging Face hub."""

import re
from importlib import import_module
from pathlib import Path

from nurie.errors import MissingExtraError, WeightsError
from nurie.inference.weights import MANIFEST

_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")


def find_pretrained(name: str | Path, *, revision: str | None = None) -> Path:
    """The folder of the weights that `name` says: a folder itself, or "owner/name" on the hub, fetched if need be.

    Of the hub only `weights.json` and the ONNX graphs are fetched.

    Raises:
        WeightsError: it is neither, or the hub cannot be asked and has not been before.
        MissingExtraError: it is no folder, and huggingface_hub is not installed.
    """
    folder = Path(name)
    if folder.is_dir():
        return folder
    if not isinstance(name, str) or not _HUB_NAME.fullmatch(name):
        raise WeightsError(f'{name} is no folder; give one made by `nurie export`, or "owner/name" on the hub')
    try:
        hub = import_module("huggingface_hub")
    except ModuleNotFoundError:
        raise MissingExtraError(
            f"{name} is no folder here, and the hub needs huggingface_hub; install it by: pip install 'nurie[hub]'"
        ) from None
    try:
        return Path(hub.snapshot_download(name, revision=revision, allow_patterns=[MANIFEST, "*.onnx"]))
    except Exception as error:  # the hub's errors and those of its HTTP library share no other base
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise WeightsError(
            f"{name} cannot be had from the hub ({reason}); check the name and the network, or give a folder"
        ) from error
