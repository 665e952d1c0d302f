"""SVG text -> trees without namespaces -> SVG text -> pixels."""

import copy
from xml.etree.ElementTree import Element, fromstring, tostring

import numpy as np
from jaxtyping import UInt8

from nurie.arrays import Image
from nurie.data.sources.skia_library import skia

NAMED_COLORS = {"black": "#000000", "white": "#ffffff"}

COMPONENT = "data-component"
"""Attribute that says which component of a figure a group is, such as `hair`."""


def parse_svg(text: str | bytes) -> Element:
    """Parse an SVG document; tags and attributes lose their namespaces, metadata is dropped."""
    root = fromstring(text)
    for element in root.iter():
        element.tag = _local_name(element.tag)
        for name in [name for name in element.attrib if name.startswith("{")]:
            element.set(_local_name(name), element.attrib.pop(name))
    for metadata in root.findall("metadata"):
        root.remove(metadata)
    return root


def inline_components(root: Element) -> None:
    """Put a copy of its component in place of every `<use>`; change `root` in place.

    DiceBear keeps components in `<defs>` under ids such as `hair-long22-dc2c50ed`. The group that
    takes the place of a `<use>` has the component's name in the attribute `COMPONENT`. `<defs>`
    keeps what is referred to by other means (clip paths, masks, gradients).
    """
    targets = {element.get("id", ""): element for element in root.iter() if element.get("id")}
    _inline(root, targets)
    definitions = root.find("defs")
    if definitions is not None:
        for group in definitions.findall("g"):
            definitions.remove(group)


def _inline(parent: Element, targets: dict[str, Element]) -> None:
    for index, child in enumerate(list(parent)):
        target = targets.get(child.get("href", "")[1:]) if child.tag == "use" else None
        if target is None:
            _inline(child, targets)
            continue
        attributes = {name: value for name, value in child.attrib.items() if name not in ("href", "x", "y")}
        group = Element("g", attributes)
        group.set(COMPONENT, target.get("id", "").split("-")[0])
        content = copy.deepcopy(target)
        content.attrib.pop("id", None)
        group.append(content)
        parent[index] = group
        _inline(group, targets)


def luminance(color: str) -> float:
    """Perceived lightness of an SVG color, 0..1; 0.5 for what is none, such as `url(#...)`."""
    color = NAMED_COLORS.get(color.lower(), color)
    if not color.startswith("#"):
        return 0.5
    digits = color[1:]
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue


def children_text(root: Element) -> str:
    """The SVG text of everything in `root`."""
    return "".join(tostring(child, encoding="unicode") for child in root)


def render_svg(body: str, *, view: int, side: int) -> Image:
    """Draw what stands between `<svg>` and `</svg>` on white.

    Args:
        body: SVG text in a coordinate system from 0 to `view`.
        view: side of that system, in user units.
        side: side of the result, in pixels.
    """
    return np.ascontiguousarray(draw_svg(body, view=view, side=side, ground=skia.ColorWHITE)[..., :3])


def draw_svg(body: str, *, view: int, side: int, ground: int = 0) -> UInt8[np.ndarray, "side side 4"]:
    """Draw what stands between `<svg>` and `</svg>` on a ground, a color of skia's; 0 is transparent.

    Args:
        body: SVG text in a coordinate system from 0 to `view`.
        view: side of that system, in user units.
        side: side of the result, in pixels.
        ground: what is seen where nothing is drawn.

    Returns:
        Red, green, blue, not multiplied by the opacity that stands fourth; 0..255.
    """
    document = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {view} {view}" width="{side}" height="{side}">{body}</svg>'
    )
    # With copy=True: else skia reads from memory that Python may have freed, and fails at random.
    tree = skia.SVGDOM.MakeFromStream(skia.MemoryStream(document.encode(), True))
    tree.setContainerSize(skia.Size(side, side))
    surface = skia.Surface(side, side)
    canvas = surface.getCanvas()
    canvas.clear(ground)
    tree.render(canvas)
    return np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType))


def _local_name(name: str) -> str:
    return name.rpartition("}")[2]
