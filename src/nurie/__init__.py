"""Colors line drawings: regions first, several suggestions, your lines untouched.

Public names are imported when they are first used, so that `import nurie` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nurie.inference import Colorizer, color
    from nurie.pictures import extract_sketch, segment_regions

__version__ = "0.1.0"

__all__ = ["Colorizer", "__version__", "color", "extract_sketch", "segment_regions"]

_HOMES = {
    "Colorizer": "nurie.inference",
    "color": "nurie.inference",
    "extract_sketch": "nurie.pictures",
    "segment_regions": "nurie.pictures",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'nurie' has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
