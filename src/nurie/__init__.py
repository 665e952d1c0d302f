"""Colors line drawings: regions first, several suggestions, your lines untouched.

Public names are imported when they are first used, so that `import nurie` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nurie.inference import Colorizer, Encoded, Reference, Result, Style, color, read_palette, read_strokes
    from nurie.pictures import extract_sketch, segment_regions
    from nurie.regions.from_file import read_regions

__version__ = "0.9.0"

__all__ = [
    "Colorizer",
    "Encoded",
    "Reference",
    "Result",
    "Style",
    "__version__",
    "color",
    "extract_sketch",
    "read_palette",
    "read_regions",
    "read_strokes",
    "segment_regions",
]

_HOMES = {
    "Colorizer": "nurie.inference",
    "Encoded": "nurie.inference",
    "Reference": "nurie.inference",
    "Result": "nurie.inference",
    "Style": "nurie.inference",
    "color": "nurie.inference",
    "extract_sketch": "nurie.pictures",
    "read_palette": "nurie.inference",
    "read_regions": "nurie.regions.from_file",
    "read_strokes": "nurie.inference",
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
