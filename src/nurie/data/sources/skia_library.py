"""skia, the library that draws: imported here only, for one clear word if it is missing."""

from nurie.errors import MissingExtraError

try:
    import skia
except ImportError as error:  # not installed, or installed without the system's libEGL or libGL
    raise MissingExtraError(
        f"drawing a corpus needs skia ({error}); run `pip install nurie[corpus]`, "
        "and on Debian or Ubuntu `apt install libegl1 libgl1`"
    ) from error

__all__ = ["skia"]
