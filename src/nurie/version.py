"""The version of nurie that made something: the bytes of shards depend on it."""

from importlib.metadata import PackageNotFoundError, version


def nurie_version() -> str:
    """The installed version; `unknown` where the package runs without being installed."""
    try:
        return version("nurie")
    except PackageNotFoundError:
        return "unknown"
