"""A table as Markdown for people, CSV for programs, and a plot."""

import csv
import io
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nurie.evaluation.picture_scores import PictureScores, mean_of, way_between
from nurie.evaluation.protocols import PROTOCOLS, fid_protocol, make_folder
from nurie.evaluation.tally import Tally
from nurie.images import replace_file
from nurie.tables.plot import plot_table
from nurie.tables.region_time import region_seconds
from nurie.tables.rows import FLATTENED, PAINTERS, RANDOM, ROWS, TABLES
from nurie.tables.run import Tables, is_done, painter_folder
from nurie.tables.score import read_scores
from nurie.tables.train import run_folder


@dataclass(frozen=True)
class Line:
    """One line of a table: a method on one set, its figures for each seed."""

    name: str
    label: str
    set: str
    scores: tuple[PictureScores, ...]


@dataclass(frozen=True)
class Figure:
    """One column: what is taken of the scores, and how it is written."""

    name: str
    take: Callable[[PictureScores], float | None]
    digits: int = 2


def _share(tally: Tally) -> float | None:
    return None if tally.share is None else 100 * tally.share


FIGURES = (
    Figure("FID", lambda s: s.fid, 1),
    Figure("way %", lambda s: None if s.way is None else 100 * s.way, 0),
    Figure("KID x1000", lambda s: None if s.kid is None else 1e3 * s.kid.mean, 1),
    Figure("KID spread", lambda s: None if s.kid is None else 1e3 * s.kid.std, 1),
    Figure("diversity", lambda s: s.diversity, 3),
    Figure("within regions", lambda s: s.deviation, 1),
    Figure("on open paper", lambda s: s.change, 2),
    Figure("skin %", lambda s: _share(s.skin), 0),
    Figure("eyes %", lambda s: _share(s.eyes), 0),
    Figure("hair %", lambda s: _share(s.hair), 0),
    Figure("PSNR", lambda s: s.psnr, 1),
    Figure("SSIM", lambda s: s.ssim, 3),
    Figure("histogram", lambda s: s.histogram, 3),
)
"""In every table; `docs/evaluation.md` says what each is."""


def write_table(tables: Tables, number: int, seeds: int) -> str:
    """Write `output`/table-N.md, .csv and .png from the runs that are done; give the Markdown.

    Raises:
        DataError: the scores of a run are damaged.
        OutputError: a file cannot be written.
    """
    lines = collect(tables, number, seeds)
    text = as_markdown(tables, number, lines)
    make_folder(tables.output)
    replace_file(tables.output / f"table-{number}.md", text.encode())
    replace_file(tables.output / f"table-{number}.csv", as_csv(lines).encode())
    plot_table(tables.output / f"table-{number}.png", number, lines)
    return text


def collect(tables: Tables, number: int, seeds: int) -> list[Line]:
    """The lines of a table: its rows, then the painters that are not trained, on each set."""
    found: dict[str, list[dict[str, PictureScores]]] = {}
    for name in TABLES[number].rows:
        folders = [run_folder(tables.output, name, seed) for seed in range(seeds)]
        done = [folder for folder in folders if is_done(folder, tables.settings)]
        if done:
            found[name] = [read_scores(folder)[0] for folder in done]
    for name in PAINTERS:
        folder = painter_folder(tables.output, name)
        if (folder / "scores.json").is_file():
            found[name] = [read_scores(folder)[0]]
    labels = {name: row.label for name, row in ROWS.items()} | PAINTERS
    return [
        Line(name, labels[name], test, tuple(_with_way(scores[test], found, test) for scores in runs))
        for test in tables.data.sets
        for name, runs in found.items()
    ]


def _with_way(scores: PictureScores, found: dict[str, list[dict[str, PictureScores]]], test: str) -> PictureScores:
    ends = [found[name][0][test].fid if name in found else None for name in (RANDOM, FLATTENED)]
    return replace(scores, way=way_between(scores.fid, *ends))


def as_markdown(tables: Tables, number: int, lines: Sequence[Line]) -> str:
    """The table with its protocol; several seeds as mean ± half their range."""
    table = TABLES[number]
    settings = tables.settings
    counts = ", ".join(f"{test} {line.scores[0].compared}" for test, line in {line.set: line for line in lines}.items())
    text = [
        f"# Table {number}: {table.title}",
        "",
        f"{settings.images} images a row at {settings.side} px, batch {settings.batch_size}, Adam at "
        f"{settings.learning_rate}, learned from {len(tables.data.training)} drawings. "
        f"{fid_protocol(PROTOCOLS['tables'])}; pictures with a truth: {counts}. "
        "Several seeds: mean ± half of their range.",
        "",
        *_means(number, lines),
    ]
    if number == 3:
        seconds = region_seconds(tables)
        text += [
            "",
            "| regions by | seconds a drawing |",
            "|---|---|",
            *(f"| {method} | {value:.4f} |" for method, value in seconds.items()),
        ]
    for test in tables.data.sets:
        header = ["set " + test, "seeds", *(figure.name for figure in FIGURES)]
        text += ["", "| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
        for line in lines:
            if line.set == test:
                cells = [line.label, str(len(line.scores)), *(_cell(line, figure) for figure in FIGURES)]
                text.append("| " + " | ".join(cells) + " |")
    return "\n".join(text) + "\n"


def _means(number: int, lines: Sequence[Line]) -> list[str]:
    """The table as the paper has it: FID, mean of the sets, beside the paper's own."""
    paper = TABLES[number].paper
    rows = ["| method | FID, mean of the sets | worse than ours by | the paper's FID | worse than the paper's by |"]
    rows.append("|---|---|---|---|---|")
    found = {name: mean_fids(lines, name) for name in TABLES[number].rows}
    best, paper_best = mean_of(found["full"]), paper["full"]
    for name, fids in found.items():
        mean = mean_of(fids)
        gap = "-" if mean is None or not best else f"{mean / best - 1:+.1%}"
        theirs = f"{paper[name]:.2f} | {paper[name] / paper_best - 1:+.1%}" if name in paper else "- | -"
        rows.append(f"| {ROWS[name].label} | {_spread(fids, 1)} | {gap} | {theirs} |")
    return rows


def mean_fids(lines: Sequence[Line], name: str) -> list[float]:
    """A row's FID, mean over the sets that have a truth, of each seed; none if it is not done."""
    seeds = zip(*(line.scores for line in lines if line.name == name), strict=True)
    means = [mean_of([scores.fid for scores in sets]) for sets in seeds]
    return [mean for mean in means if mean is not None]


def _cell(line: Line, figure: Figure) -> str:
    return _spread([value for scores in line.scores if (value := figure.take(scores)) is not None], figure.digits)


def _spread(values: Sequence[float], digits: int) -> str:
    """The mean of the seeds ± half of their range; of one seed the value, of none a dash."""
    if not values:
        return "-"
    mean = f"{statistics.fmean(values):.{digits}f}"
    return mean if len(values) == 1 else f"{mean} ± {(max(values) - min(values)) / 2:.{digits}f}"


def as_csv(lines: Sequence[Line]) -> str:
    """A line for each method, set and seed, with all figures as they are; empty where there is none."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["method", "set", "run", "pictures", "compared", *(figure.name for figure in FIGURES)])
    for line in lines:
        for run, scores in enumerate(line.scores):
            values = [figure.take(scores) for figure in FIGURES]
            cells = ["" if value is None else f"{value:.6g}" for value in values]
            writer.writerow([line.label, line.set, run, scores.pictures, scores.compared, *cells])
    return text.getvalue()
