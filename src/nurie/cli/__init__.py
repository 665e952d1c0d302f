"""The command `nurie`. A command is one file here and one line in `COMMANDS`; it is imported when called."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from nurie import __version__
from nurie.errors import DivergedError, MissingExtraError, NurieError, TrainingError

EXIT_USER_ERROR = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141
EXIT_CODES: dict[type[NurieError], int] = {DivergedError: 4, TrainingError: 3, NurieError: EXIT_USER_ERROR}
"""By the first class that fits: who started a run of training may start it again after 3 and 4."""


class Command(NamedTuple):
    """Where a command lives and what `nurie --help` says of it."""

    module: str
    help: str


COMMANDS = {
    "color": Command("nurie.cli.color", "color line drawings"),
    "variations": Command("nurie.cli.variations", "show many colorings of a drawing on a numbered sheet"),
    "interpolate": Command("nurie.cli.interpolate", "go from one coloring of a drawing to another"),
    "recolor": Command("nurie.cli.recolor", "change some colors of a result"),
    "watch": Command("nurie.cli.watch", "color what appears in a folder"),
    "regions": Command("nurie.cli.regions", "split line drawings into regions"),
    "sketch": Command("nurie.cli.sketch", "draw the lines of color pictures"),
    "corpus": Command("nurie.cli.corpus", "draw a corpus of drawings to train on"),
    "prepare": Command("nurie.cli.prepare", "turn any heap of pictures into shards to train on"),
    "train": Command("nurie.cli.train", "train the networks on a corpus"),
    "report": Command("nurie.cli.report", "show a run of training as one page"),
    "export": Command("nurie.cli.export", "turn a checkpoint into weights to color with"),
    "testsets": Command("nurie.cli.testsets", "build the test sets of the tables"),
    "tables": Command("nurie.cli.tables", "train, score and write Tables I-IV of the paper"),
    "figures": Command("nurie.cli.figures", "draw the figures of the paper from the runs of the tables"),
    "evaluate": Command("nurie.cli.evaluate", "score colored drawings or a set of weights"),
    "study": Command("nurie.cli.study", "let people rate pictures of several methods; study gradients"),
    "demo": Command("nurie.cli.demo", "color the examples and show what came out"),
}

SMALL_PRODUCTS = ("color", "variations", "interpolate", "recolor", "watch", "regions", "demo")
"""Commands whose products of matrices are small: OpenBLAS' threads would only wait for each other."""

EXTRAS = {
    "torch": "train",
    "onnx": "train",
    "onnxscript": "train",
    "safetensors": "train",
    "skimage": "train",
    "tensorboard": "train",
    "tqdm": "train",
    "skia": "corpus",
    "dicebear": "corpus",
    "pypdfium2": "pdf",
    "huggingface_hub": "hub",
    "pyarrow": "parquet",
    "starlette": "web",
    "uvicorn": "web",
    "jinja2": "web",
    "krippendorff": "study",
    "matplotlib": "study",
    "ray": "cluster",
}
"""Package -> the extra of nurie that brings it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `nurie` with `argv` (the command line by default) and return the exit code.

    0 = done, 2 = something the user can mend, 3 and 4 = training stopped, 130 = interrupted. `argparse` raises
    SystemExit for --help, --version and options it does not know.
    """
    argv = sys.argv[1:] if argv is None else list(argv)
    debug = "--debug" in argv
    try:
        try:
            code = run_command(argv)
            sys.stdout.flush()
            return code
        except ModuleNotFoundError as error:
            raise missing_extra(error) from error
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except NurieError as error:
        report_error(error, debug=debug)
        return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def run_command(argv: list[str]) -> int:
    """Import the chosen command, let it read its options, and run it."""
    chosen = next((word for word in argv if not word.startswith("-")), None)
    parser = argparse.ArgumentParser(
        prog="nurie", description="Color line drawings.", epilog="nurie COMMAND --help says more."
    )
    parser.add_argument("--version", action="version", version=f"nurie {__version__}")
    if chosen in SMALL_PRODUCTS:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, which a command does
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        subparser = commands.add_parser(name, help=command.help, description=command.help)
        subparser.add_argument("--debug", action="store_true", help="show where an error arose")
        if name == chosen:
            import_module(command.module).add_arguments(subparser)
    args = parser.parse_args(argv)
    args.argv = argv
    code: int = import_module(COMMANDS[args.command].module).run(args)
    return code


def report_error(error: NurieError, *, debug: bool) -> None:
    """Print one line, `nurie: error: ...`, on stderr, and with `debug` the traceback before it."""
    if debug:
        traceback.print_exception(error)
    print(f"nurie: error: {' '.join(str(error).split())}", file=sys.stderr)


def missing_extra(error: ModuleNotFoundError) -> Exception:
    """Say which extra brings the package that was not found; a package of no extra is a bug of ours."""
    package = (error.name or "").partition(".")[0]
    if package not in EXTRAS:
        return error
    extra = EXTRAS[package]
    return MissingExtraError(f"this needs {package}; install it by: pip install 'nurie[{extra}]'")
