"""What every source that draws by seed asks of its caller and of the machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from nurie.errors import InputError, MissingExtraError

MIN_SIDE = 32  # pixels; below it lines fill the picture


def check_request(seed: int, side: int, line_width: float | None = None) -> None:
    """Refuse what cannot be drawn.

    Raises:
        InputError: the seed is negative, the side below `MIN_SIDE`, or `line_width` not above 0.
    """
    if seed < 0:
        raise InputError(f"seeds of drawings are 0 or more, got {seed}")
    if side < MIN_SIDE:
        raise InputError(f"drawings need a side of at least {MIN_SIDE} pixels, got {side}")
    if line_width is not None and not line_width > 0:
        raise InputError(f"lines need a width above 0 pixels, got {line_width}")


@contextmanager
def needs_corpus_extra() -> Iterator[None]:
    """Say what to install when a package that drawing needs is missing inside the `with`.

    Raises:
        MissingExtraError: a package of the extra `corpus` is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"drawing a corpus needs the package {error.name}; run `pip install nurie[corpus]`, "
            "and on Debian or Ubuntu `apt install libegl1 libgl1`"
        ) from error
