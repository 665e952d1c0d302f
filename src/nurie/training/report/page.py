"""The page: who ran where with what, curves, sheets over time, numbers, settings; everything inside one file."""

import base64
import io
import tomllib
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path

from PIL import Image

from nurie.training.report.charts import SERIES, draw, short
from nurie.training.report.curves import Panel, gather, resumed_at, seconds
from nurie.training.run_log import SHEETS, Record, read_log, writing

MOST_SHEETS = 12
"""Of a run; of more, as many evenly spaced ones are shown, the first and the last among them."""

SHEET_WIDTH = 1600  # pixels
LEAST_SHOWN = 900
"""Pixels that a small sheet is enlarged to, as far as a whole factor allows."""

SHEET_NOTES = {
    "paint": "From above: sketch, flats, truth; the picture of the sketch's own code, and of codes drawn from N(0, I).",
    "palette": "From above: sketch, true flats; then flats of fixed seeds.",
    "boundary": "From above: sketch, true boundaries, found ones; true parts of eyes, found ones.",
    "gaps": "Doors: gaps in the first row, necks in the second; the redder, the surer the network is of a gap.",
    "simplify": "From above: rough, found, true.",
}
SHEET_QUALITY = 85
MOST_ROWS = 40
CONFIG = "config.toml"


def write_report(run: Path, target: Path) -> None:
    """Write the page of a run.

    Raises:
        InputError: it is no folder of a run.
        OutputError: the page cannot be written.
    """
    text = build_page(run)
    temporary = target.with_name(target.name + ".tmp")
    with writing(target):
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(target)


def build_page(run: Path) -> str:
    """The page of a run, as text.

    Raises:
        InputError: it is no folder of a run.
    """
    records = read_log(run)
    settings = read_settings(run)
    panels = gather(records)
    title = escape(f"{settings.get('stage', 'run')} / {settings.get('preset', '')} — {run.resolve().name}")
    body = [
        f"<h1>{title}</h1><p>{escape(_where(records))}</p>",
        _tiles(records, settings),
        "<h2>Curves</h2>",
        _panels(panels, records),
        _sheets(run, records),
        _numbers(panels),
        _settings(settings),
    ]
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>\n{_asset('page.css')}</style>\n<body>\n"
        + "\n".join(part for part in body if part)
        + f"\n<script>\n{_asset('page.js')}</script>\n</body></html>\n"
    )


def read_settings(run: Path) -> dict[str, object]:
    """Every setting of the run, those of the network as `network.NAME`; empty where none are written."""
    path = run / CONFIG
    if not path.is_file():
        return {}
    settings: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    network = settings.pop("network", {})
    return settings | {f"network.{name}": value for name, value in network.items()}  # type: ignore[attr-defined]


def chosen_sheets(records: Sequence[Record]) -> list[Record]:
    """At most `MOST_SHEETS` of the records with a sheet."""
    found = [record for record in records if "sheet" in record]
    if len(found) <= MOST_SHEETS:
        return found
    return [found[round(i * (len(found) - 1) / (MOST_SHEETS - 1))] for i in range(MOST_SHEETS)]


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _where(records: Sequence[Record]) -> str:
    starts = [record["start"] for record in records if "start" in record]
    if not starts:
        return ""
    about = starts[-1]
    versions = ", ".join(f"{name} {version}" for name, version in about.get("versions", {}).items())
    again = f"; stopped and went on: {len(starts) - 1}" if len(starts) > 1 else ""
    count = about.get("processes", 1)
    return f"{count} process{'es' * (count != 1)} on {about.get('device', '?')}; {versions}{again}"


def _tiles(records: Sequence[Record], settings: dict[str, object]) -> str:
    seen = max((record["images"] for record in records), default=0)
    spent = seconds(records)
    starts = [record["start"] for record in records if "start" in record]
    tiles = [("Images seen", f"{short(seen)} of {short(float(str(settings.get('images', seen))))}")]
    tiles += [("Time", _duration(spent)), ("Batch", str(settings.get("batch_size", "?")))]
    tiles += [("Precision", str(settings.get("precision", "?")))]
    for name, count in (starts[-1].get("parameters", {}) if starts else {}).items():
        tiles.append((f"Parameters of {name}", short(count)))
    shown = "".join(f'<div class="tile"><span>{escape(k)}</span><b>{escape(v)}</b></div>' for k, v in tiles)
    return f'<div class="tiles">{shown}</div>'


def _duration(spent: int | float) -> str:
    minutes = round(spent / 60)
    if minutes < 60:
        return f"{minutes} min" if minutes else f"{spent:.0f} s"
    return f"{minutes // 60} h {minutes % 60:02} min"


def _panels(panels: Sequence[Panel], records: Sequence[Record]) -> str:
    if not panels:
        return "<p>Nothing has been reported yet.</p>"
    images, marks = max(record["images"] for record in records), resumed_at(records)
    return f'<div class="panels">{"".join(_panel(panel, images, marks) for panel in panels)}</div>'


def _panel(panel: Panel, images: int, marks: Sequence[int]) -> str:
    legend = "".join(
        f'<li><i class="s{number % SERIES}"></i>{escape(curve.name.rpartition("/")[2])} '
        f"<b>{short(curve.values[-1])}</b></li>"
        for number, curve in enumerate(panel.curves)
    )
    return (
        f'<section class="panel"><h3>{escape(panel.heading)}</h3><p>{escape(panel.note)}</p>'
        f'<ul class="legend">{legend}<li><small class="at"></small></li></ul>'
        f"{draw(panel, images=images, marks=marks)}</section>"
    )


def _sheets(run: Path, records: Sequence[Record]) -> str:
    figures = "".join(_figures(run, chosen_sheets(records)))
    about: Record = next((record["start"] for record in records if "start" in record), {})
    note = f"<p>{escape(SHEET_NOTES.get(about.get('stage', ''), ''))}</p>"
    return f'<h2>Fixed examples over time</h2>{note}<div class="sheets">{figures}</div>' if figures else ""


def _figures(run: Path, records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        path = run / SHEETS / str(record["sheet"])
        if path.is_file():
            caption = f"after {record['images']:,} images"
            yield f'<figure><figcaption>{caption}</figcaption><img alt="sheet {caption}" {_embed(path)}></figure>'


def _embed(path: Path) -> str:
    picture = Image.open(path).convert("RGB")
    if picture.width > SHEET_WIDTH:
        picture = picture.resize((SHEET_WIDTH, round(picture.height * SHEET_WIDTH / picture.width)))
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=SHEET_QUALITY, method=4)
    factor = max(1, LEAST_SHOWN // picture.width)
    size = f'width="{picture.width * factor}"' + ' class="enlarged"' * (factor > 1)
    return f'{size} src="data:image/webp;base64,{base64.b64encode(buffer.getvalue()).decode()}"'


def _numbers(panels: Sequence[Panel]) -> str:
    curves = [curve.reduced(MOST_ROWS) for panel in panels for curve in panel.curves]
    if not curves:
        return ""
    columns = [dict(zip(curve.images, curve.values, strict=True)) for curve in curves]
    longest = max(columns, key=len)
    head = "".join(f"<th>{escape(curve.name)}</th>" for curve in curves)
    rows = "".join(
        f"<tr><th>{int(images):,}</th>"
        + "".join(f"<td>{f'{column[images]:.4g}' if images in column else ''}</td>" for column in columns)
        + "</tr>"
        for images in longest
    )
    return (
        "<details><summary>Numbers</summary><div class=scroll><table>"
        f"<thead><tr><th>images</th>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _settings(settings: dict[str, object]) -> str:
    shown = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in settings.items()}
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in shown.items())
    return f"<details><summary>All settings</summary><dl>{rows}</dl></details>" if rows else ""
