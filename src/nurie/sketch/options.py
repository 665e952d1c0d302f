"""What every line style refuses, in one sentence each."""

from nurie.arrays import Image
from nurie.errors import InputError


def check_image(image: Image) -> None:
    """Refuse a picture without pixels.

    Raises:
        InputError: it has none.
    """
    if image.size == 0:
        raise InputError("the picture has no pixels; give one of at least 1x1")


def check_range(name: str, value: float | int, least: float | int, most: float | int, unit: str = "") -> None:
    """Refuse an option that is not within `least`..`most`, both allowed.

    Raises:
        InputError: it is not.
    """
    if not least <= value <= most:
        raise InputError(f"{name} must be within {least}..{most}{unit and ' '}{unit}, got {value}")
