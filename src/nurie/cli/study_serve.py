"""`nurie study serve`: raters' pages, until Ctrl-C."""

import argparse
import sys
from pathlib import Path

PORT = 8000
LOCAL = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add DIR, --host, --port and --db."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder with study.toml and the pictures")
    parser.add_argument(
        "--host", default=LOCAL, help="%(default)s, which only this machine reaches, or 0.0.0.0 for the whole network"
    )
    parser.add_argument("--port", type=_port, default=PORT, help="default: %(default)s; 0 is any that is free")
    parser.add_argument("--db", type=Path, metavar="FILE", help="where ratings are kept; default: DIR/ratings.sqlite")


def run(args: argparse.Namespace) -> int:
    """Prepare, say the address, and serve; Ctrl-C is the way to end it, so it is no failure."""
    from nurie.evaluation.study.database import DATABASE_FILE
    from nurie.evaluation.study.serving import address_of, build_server, open_socket, open_study

    database = args.db or args.folder / DATABASE_FILE
    study = open_study(args.folder, database, _say_progress)
    with open_socket(args.host, args.port) as listener:
        print(f"Rating at {address_of(listener)}\nAnswers in {database}; Ctrl-C ends", flush=True)
        try:
            build_server(study).run(sockets=[listener])
        except KeyboardInterrupt:
            print("\nEnded; raters can go on when it is started again", file=sys.stderr)
    return 0


def _say_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\rPreparing pictures: {done} of {total}", end="\n" if done == total else "", file=sys.stderr)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give 0 to 65535")
    return int(text)
