"""Figures 7 to 10 and 13 of the paper, from a folder of table runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from nurie.arrays import Image
from nurie.errors import DataError, InputError
from nurie.evaluation.protocols import make_folder
from nurie.evaluation.sheets import AnyPicture, contact_sheet
from nurie.images import read_color, write_image
from nurie.regions.preview import tint_regions
from nurie.tables.data import TableData
from nurie.tables.gradient_figure import draw_gradients
from nurie.tables.painting import ContenderPainter
from nurie.tables.prepared import Prepared
from nurie.tables.rows import ROWS, TABLES
from nurie.tables.run import Tables, is_done
from nurie.tables.train import load_contender, run_folder
from nurie.training.distributed import Machine
from nurie.training.paint_batch import to_bytes

DRAWINGS = 4
"""Drawings of each set in a figure."""

STEPS = 8
"""Pictures from one code to another."""

Rows = dict[str, list[AnyPicture]]
"""A row of pictures a name."""


@dataclass(frozen=True)
class Figures:
    """What figures are drawn from."""

    output: Path
    tables: Tables
    machine: Machine
    seed: int = 0

    @property
    def data(self) -> TableData:
        """The prepared drawings."""
        return self.tables.data

    def numbers(self, prepared: Prepared) -> list[int]:
        """A few drawings, evenly spread."""
        count = min(DRAWINGS, len(prepared))
        return [number * len(prepared) // count for number in range(count)]

    def folder(self, row: str) -> Path:
        """The run of a row.

        Raises:
            DataError: it is not done.
        """
        folder = run_folder(self.tables.output, row, self.seed)
        if not is_done(folder, self.tables.settings):
            table = next(number for number, table in TABLES.items() if row in table.rows)
            raise DataError(f"{ROWS[row].label} (seed {self.seed}) is not done; run nurie tables {table} first")
        return folder

    def painter(self, row: str) -> ContenderPainter:
        """The method of a row as it was trained. Errors as `folder`."""
        contender = load_contender(self.folder(row), ROWS[row], self.tables.settings, self.machine)
        return ContenderPainter(contender, ROWS[row], self.data.sets, self.machine.device)

    def painted(self, row: str) -> list[AnyPicture]:
        """The pictures that were scored. Errors as `folder`."""
        folder = self.folder(row) / "pictures"
        return [
            read_color(folder / name / f"{prepared.names[number]}.png")
            for name, prepared in self.data.sets.items()
            for number in self.numbers(prepared)
        ]

    def maps(self, method: str) -> list[AnyPicture]:
        """The region maps of a method, each region in its own tint."""
        return self.shown(lambda prepared, number: tint_regions(prepared.maps[method][number], prepared.sketch[number]))

    def shown(self, take: Callable[[Prepared, int], AnyPicture]) -> list[AnyPicture]:
        """Something of each drawing."""
        return [take(prepared, number) for prepared in self.data.sets.values() for number in self.numbers(prepared)]


def draw_figure(number: int, figures: Figures) -> Path:
    """Write `output`/figure-N.png and say where it is.

    Raises:
        InputError: there is no such figure.
        DataError: a row that it shows is not trained and scored.
        OutputError: it cannot be written.
    """
    if number not in FIGURES:
        raise InputError(f"there is no Figure {number}; choose from {', '.join(map(str, FIGURES))}")
    make_folder(figures.output)
    path = figures.output / f"figure-{number}.png"
    FIGURES[number](path, figures)
    return path


def compare_rows(path: Path, figures: Figures, rows: Sequence[str]) -> None:
    """Sketch, what each row makes of it, truth: Figs. 7 and 10."""
    sheet: Rows = {"sketch": figures.shown(lambda prepared, n: prepared.sketch[n])}
    sheet |= {row: figures.painted(row) for row in rows}
    sheet["truth"] = figures.shown(lambda prepared, n: prepared.color[n])
    write_image(path, contact_sheet(sheet))


def figure_7(path: Path, figures: Figures) -> None:
    """CWR and the ablations."""
    compare_rows(path, figures, TABLES[2].rows)


def figure_10(path: Path, figures: Figures) -> None:
    """Patches in place of regions."""
    compare_rows(path, figures, TABLES[4].rows)


def figure_8(path: Path, figures: Figures) -> None:
    """One sketch with several codes, and from one code to another in a line."""
    painter = figures.painter("full")
    name, prepared = next(iter(figures.data.sets.items()))
    sheet: Rows = {}
    for number in figures.numbers(prepared):
        pictures = [painter(name, [number], seed)[0] for seed in range(1, STEPS)]
        sheet[f"codes {len(sheet) + 1}"] = [prepared.sketch[number], *pictures]
    for number in figures.numbers(prepared)[:2]:
        strip = interpolate_codes(painter, name, number)
        sheet[f"line {len(sheet) - DRAWINGS + 1}"] = [prepared.sketch[number], *strip[: STEPS - 1]]
    write_image(path, contact_sheet(sheet))


@torch.no_grad()
def interpolate_codes(painter: ContenderPainter, name: str, number: int, steps: int = STEPS - 1) -> list[Image]:
    """Pictures of a sketch with codes on the straight line between two that were drawn from N(0, I) (section IV-E)."""
    rng = torch.Generator().manual_seed(number)
    first, last = torch.randn(2, 1, painter.contender.code_length, generator=rng)
    inputs = painter.look(name, [number])
    codes = (torch.lerp(first, last, step / max(1, steps - 1)).to(painter.device) for step in range(steps))
    return [to_bytes(painter.contender.paint(inputs, code))[0].cpu().numpy() for code in codes]


def figure_9(path: Path, figures: Figures) -> None:
    """The two kinds of region maps, and what is painted with each."""
    sheet: Rows = {"sketch": figures.shown(lambda prepared, n: prepared.sketch[n])}
    for row in TABLES[3].rows:
        method = ROWS[row].regions
        sheet[method] = figures.maps(method)
        sheet[f"with {method}"] = figures.painted(row)
    write_image(path, contact_sheet(sheet))


def figure_13(path: Path, figures: Figures) -> None:
    """Histograms of the cosines between the branches' gradients and their sum."""
    tables = figures.tables
    draw_gradients(path, tables.data.training, tables.settings, figures.machine)


FIGURES: dict[int, Callable[[Path, Figures], None]] = {
    7: figure_7,
    8: figure_8,
    9: figure_9,
    10: figure_10,
    13: figure_13,
}
