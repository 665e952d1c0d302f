"""What can go wrong for a user. Each message says what is wrong and what to do.

    NurieError
    ├── InputError       a picture, folder, file or option given by the user cannot be used
    │   ├── ImageError     a file is no readable picture, or is too large, or empty
    │   └── DataError      a folder of drawings or a corpus is not as it must be
    ├── OutputError      a result cannot be written
    ├── WeightsError     weights are missing, damaged or of another version
    └── MissingExtraError  an optional part (`nurie[train]`, a system library) is not installed

`nurie.cli` prints the message as one line and ends with exit code 2; anything else is a bug and keeps its traceback.
"""


class NurieError(Exception):
    """Anything that a user can cause and mend."""


class InputError(NurieError, ValueError):
    """A picture, folder, file or option given by the user cannot be used."""


class ImageError(InputError):
    """A file is no readable picture, or is too large, or empty."""


class DataError(InputError):
    """A folder of drawings or a corpus is not as it must be."""


class OutputError(NurieError, OSError):
    """A result cannot be written."""


class WeightsError(NurieError):
    """Weights are missing, damaged or of another version."""


class MissingExtraError(NurieError, ImportError):
    """An optional part of nurie, or a library it needs, is not installed."""
