"""What a node is, whichever API shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

CATEGORY = "nurie"
"""Where the menu has all of them."""

WEIGHTS = "NURIE_WEIGHTS"
"""A `nurie.Colorizer`."""
REGIONS = "NURIE_REGIONS"
"""A list of region maps, one for each drawing."""
RESULT = "NURIE_RESULT"
"""A list of `actions.Colored`, one for each picture."""


@dataclass(frozen=True)
class Socket:
    """An input or an output."""

    name: str
    """Of an input: the argument of the node's function. Saved workflows have it."""
    kind: str
    """ComfyUI's name of the type, or one of those above."""
    tooltip: str
    optional: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)
    """Of an input that is a widget: `default`, `min`, `max`, `multiline`, `options`, `control_after_generate`."""


@dataclass(frozen=True)
class Node:
    """A node."""

    name: str
    """Saved workflows have it."""
    title: str
    description: str
    inputs: tuple[Socket, ...]
    outputs: tuple[Socket, ...]
    run: Callable[..., tuple[object, ...]]
    """From the inputs by name (optional ones may be missing) to the outputs in their order."""
    is_output: bool = False
    """Whether it runs although nothing is connected to its outputs."""
