"""The settings of a run as a TOML file: what `nurie train --config` reads and what a run leaves beside its weights."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from nurie.errors import InputError
from nurie.training.config import NETWORK

HEAD = "# All settings of a run; another one like it: nurie train DATA --config FILE\n"


def read_toml(path: Path) -> dict[str, object]:
    """Setting -> value, as the file has them; the caller checks names and types.

    Raises:
        InputError: the file cannot be read, is no TOML, or has a table other than `[network]`.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}); give a TOML file") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is no TOML: {error}") from None
    for name, value in values.items():
        if isinstance(value, dict) and name != NETWORK:
            raise InputError(f"{path} has a table [{name}]; only [{NETWORK}] is one, all else is NAME = VALUE")
    return values


def write_toml(settings: Mapping[str, object]) -> str:
    """The settings as plain JSON values (`nurie.training.config.to_json`) in TOML, in their order."""
    values = dict(settings)
    network = values.pop(NETWORK, {})
    assert isinstance(network, Mapping)
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    table = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in network.items() if value is not None
    ]
    return HEAD + "\n".join(lines) + "\n" + "".join(f"{line}\n" for line in [f"\n[{NETWORK}]", *table] if table)
