"""`nurie study new`: study.toml for folders of pictures."""

import argparse
from pathlib import Path

from nurie.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add DIR."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder with a folder of pictures for each method")


def run(args: argparse.Namespace) -> int:
    """Look at what is there, write what fits it, and say what raters will see."""
    from nurie.evaluation.study.pictures import find_methods, find_pictures
    from nurie.evaluation.study.settings import SETTINGS_FILE, default_settings, settings_as_toml
    from nurie.images import replace_file

    file = args.folder / SETTINGS_FILE
    if file.exists():
        raise InputError(f"{file} is there already; edit it, or take it away first")
    methods = find_methods(args.folder)
    pictures = find_pictures(args.folder, methods)
    sketches, each = len(pictures.sketches), pictures.pictures_each
    settings = default_settings(methods, sketches=sketches, pictures=each)
    replace_file(file, settings_as_toml(settings).encode())
    sets = len(methods) * (settings.sketches_per_rater or sketches)
    print(f"{file}: {len(methods)} methods ({', '.join(methods)}), {sketches} sketches, pictures of each: {each}")
    print(f"A rater sees {sets} sets and {settings.repeats + settings.instructed} that check attention.")
    print(f"Edit it, then: nurie study serve {args.folder}")
    return 0
