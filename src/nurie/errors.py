"""What can go wrong for a user. Each message says what is wrong and what to do.

    NurieError
    ├── InputError       a picture, folder, file or option given by the user cannot be used
    │   ├── ImageError     a file is no readable picture, or is too large, or empty
    │   └── DataError      a folder of drawings or a corpus is not as it must be
    ├── OutputError      a result cannot be written
    ├── WeightsError     weights are missing, damaged or of another version
    ├── TrainingError    a run of training stopped through no fault of its settings; its last checkpoint is good
    │   ├── DivergedError    its numbers became infinite
    │   └── LostProcessError  one of its processes died
    └── MissingExtraError  an optional part (`nurie[train]`, a system library) is not installed

`nurie.cli` prints the message as one line and ends with exit code 2, or 3 and 4 for the two ends of training
(`nurie.cli.EXIT_CODES`); anything else is a bug and keeps its traceback.
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


class TrainingError(NurieError):
    """A run of training stopped through no fault of its settings; its last checkpoint is good."""


class DivergedError(TrainingError):
    """A gradient became infinite or not a number; all processes of the run notice it at the same step."""


class LostProcessError(TrainingError):
    """One of the processes of a run died."""


class MissingExtraError(NurieError, ImportError):
    """An optional part of nurie, or a library it needs, is not installed."""
