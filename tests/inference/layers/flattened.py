"""What layers look like together, by the formula of the W3C's Compositing and Blending, in floats and one at a time."""

import numpy as np

from nurie.inference.layers import Group

BLENDS = {
    "normal": lambda below, above: above,
    "multiply": lambda below, above: below * above,
    "screen": lambda below, above: below + above - below * above,
}


def flatten(stack):
    """Levels of 8 bits as floats: colors multiplied by alpha [h w 3], and alpha [h w 1]."""
    color, alpha = np.zeros((stack.height, stack.width, 3)), np.zeros((stack.height, stack.width, 1))
    for layer in visible(stack.layers):
        height, width = layer.alpha.shape
        place = slice(layer.top, layer.top + height), slice(layer.left, layer.left + width)
        top = np.iinfo(layer.alpha.dtype).max
        source, cover = layer.color / top, layer.alpha[..., None] / top
        below, shown = color[place], alpha[place]
        backdrop = below / np.maximum(shown, 1e-9)
        mixed = (1 - shown) * source + shown * BLENDS[layer.blend](backdrop, source)
        color[place] = (1 - cover) * below + cover * mixed
        alpha[place] = shown + cover - shown * cover
    return color * 255, alpha * 255


def visible(entries):
    for entry in entries:
        if entry.visible:
            yield from visible(entry.layers) if isinstance(entry, Group) else (entry,)


def merged(stack):
    """`LayerStack.merged` in the same way."""
    levels = stack.merged / (np.iinfo(stack.merged.dtype).max / 255)
    alpha = levels[..., 3:] if levels.shape[2] == 4 else np.full((*levels.shape[:2], 1), 255.0)
    return levels[..., :3] * alpha / 255, alpha
