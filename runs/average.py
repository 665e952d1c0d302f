"""The mean of two checkpoints of one stage, of which one went on from the other: `python runs/average.py A B OUT`.

Of networks that were averaged over time in training, the average; in half precision, to go on from or to export.
"""

import sys
from pathlib import Path

from safetensors.torch import load_file, save_file

from nurie.training.checkpoint import find_checkpoint


def main(first: str, second: str, out: str) -> None:
    """Write OUT, which is new."""
    paths = [find_checkpoint(Path(name)) for name in (first, second)]
    states = [load_file(path / "ema.safetensors") for path in paths]
    # A part that only the one has (the other is older) is taken from it.
    found = {name: [state[name].float() for state in states if name in state] for name in states[0] | states[1]}
    mean = {name: sum(values) / len(values) for name, values in found.items()}
    target = Path(out) / paths[1].name
    target.mkdir(parents=True)
    save_file({name: value.half() for name, value in mean.items()}, target / "ema.safetensors")
    save_file({}, target / "model.safetensors")
    (target / "state.json").write_text((paths[1] / "state.json").read_text())


if __name__ == "__main__":
    main(*sys.argv[1:])
