import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from nurie.cli import main
from nurie.errors import InputError, OutputError
from nurie.images import write_image
from nurie.training.report import charts, curves, page, write_report
from nurie.training.run_log import NAME, RunLog, read_log


def write_run(folder, *, reports=100, sheets=20):
    """A run as `nurie train` leaves it, made up."""
    log = RunLog(folder, 0)
    about = {"device": "cpu", "processes": 1, "parameters": {"net": 1_234_567}, "versions": {"torch": "2"}}
    log.write(0, start=about)
    rng = np.random.default_rng(0)
    (folder / "sheets").mkdir()
    for number in range(1, reports + 1):
        images = 100 * number
        noise = float(rng.normal())
        scalars = {"loss": 3 / number + 0.01 * noise, "gradient": 10.0**-number if number < 20 else 1.0}
        scalars |= {"logit/real": 1 + noise, "logit/fake": -1 - noise}
        log.write(images, scalars=scalars)
        if number % (reports // sheets) == 0:
            write_image(folder / "sheets" / f"{images:09d}.png", np.full((8, 2000, 3), number, np.uint8))
            log.write(images, measures={"diversity/w": number}, sheet=f"{images:09d}.png")
        if number == reports // 2:
            log.write(images, start=about)
    settings = 'stage = "paint"\npreset = "tiny"\nimages = 10000\n\n[network]\nside = 64\n'
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "a <run>"
    folder.mkdir()
    return write_run(folder)


class Outside(HTMLParser):
    """Collects what a page would fetch, and checks that tags are closed."""

    def __init__(self):
        super().__init__()
        self.sources, self.open = [], []

    def handle_starttag(self, tag, attributes):
        self.sources += [value for name, value in attributes if name in ("src", "href")]
        if tag not in {"meta", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attributes):
        pass


def test_the_page_needs_nothing_outside_itself(run, tmp_path):
    target = tmp_path / "report.html"
    write_report(run, target)
    text = target.read_text(encoding="utf-8")
    reader = Outside()
    reader.feed(text)
    assert reader.open == []
    assert reader.sources
    assert all(source.startswith("data:image/webp;base64,") for source in reader.sources)
    assert not re.search(r"https?://|url\(|@import", text)
    assert "a &lt;run&gt;" in text
    assert "<run>" not in text
    assert len(text) < 300_000


def test_the_page_has_every_curve_and_at_most_so_many_sheets(run):
    text = page.build_page(run)
    titles = re.findall(r"<h3>(.*?)</h3>", text)
    assert titles == ["Loss", "Gradient", "Logit", "Diversity", curves.RATE.capitalize()][: len(titles)]
    assert {"Loss", "Gradient", "Logit", "Diversity"} <= set(titles)
    captions = re.findall(r"<figcaption>after ([\d,]+) images", text)
    assert len(captions) == page.MOST_SHEETS
    assert (captions[0], captions[-1]) == ("500", "10,000")
    assert "network.side" in text
    assert "stopped and went on: 1" in text


def test_the_command_writes_it_into_the_run_or_where_it_is_told(run, tmp_path, capsys):
    assert main(["report", str(run)]) == 0
    assert (run / "report.html").is_file()
    assert main(["report", str(run), "-o", str(tmp_path / "x.html")]) == 0
    assert (tmp_path / "x.html").is_file()
    assert main(["report", str(tmp_path)]) == 2
    assert f"{tmp_path} has no log.jsonl; give the folder of a run" in capsys.readouterr().err
    with pytest.raises(OutputError, match="cannot be written"):
        write_report(run, tmp_path / "nowhere" / "x.html")


def test_a_run_that_has_only_begun_has_a_page(tmp_path):
    RunLog(tmp_path, 0).write(0, start={})
    assert "Nothing has been reported yet" in page.build_page(tmp_path)


def test_going_on_drops_what_was_written_beyond_the_checkpoint(tmp_path):
    log = RunLog(tmp_path, 0)
    for images in (10, 20, 30):
        log.write(images, scalars={"loss": 1.0})
    with (tmp_path / NAME).open("a", encoding="utf-8") as file:
        file.write('{"images": 40, "sca')  # killed while it wrote
    RunLog(tmp_path, 20).write(25, scalars={"loss": 2.0})
    assert [record["images"] for record in read_log(tmp_path)] == [10, 20, 25]
    with pytest.raises(InputError):
        read_log(tmp_path / "elsewhere")


def test_long_curves_keep_their_mean():
    curve = curves.Curve("x")
    for i in range(1001):
        curve.add(i, float(i % 7))
    curve.add(1002, float("nan"))
    small = curve.reduced(100)
    assert len(small.values) <= 100
    assert small.images[-1] == 1000
    assert np.mean(small.values) == pytest.approx(np.mean(curve.values), abs=0.05)
    assert len(curve.smooth().values) == 1001


def test_the_rate_leaves_pauses_out(tmp_path):
    times = [("start", 0, 0.0), ("scalars", 100, 10.0), ("start", 100, 500.0), ("scalars", 200, 520.0)]
    records = [{"images": images, "time": time, kind: {"a": 1.0}} for kind, images, time in times]
    rate = next(panel for panel in curves.gather(records) if panel.title == curves.RATE).curves[0]
    assert rate.values == [10, 5]
    assert curves.seconds(records) == 30
    assert curves.resumed_at(records) == [100]


def test_axes_have_round_ticks_inside():
    assert charts.Axis(0, 1, 0, 100).ticks(4) == pytest.approx([0, 0.5, 1])
    assert charts.Axis(0, 4800, 0, 100).ticks(5) == [0, 1000, 2000, 3000, 4000]
    assert charts.Axis(0.02, 300, 0, 100, logarithmic=True).ticks(4) == pytest.approx([0.1, 1, 10, 100])
    assert charts.Axis(2, 2, 0, 100)(2) == 0
    axis = charts.Axis(1, 100, 0, 100, logarithmic=True)
    assert axis(10) == pytest.approx(50)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.03412, "0.0341"), (1234, "1.23k"), (1.5e6, "1.5M"), (2e9, "2G"), (-2000, "-2k")]
)
def test_numbers_are_short(value, text):
    assert charts.short(value) == text


@pytest.mark.parametrize("values", [[1.0], [0.0, 0.0], [-3.0, 5.0], [1e-9, 1e9]])
def test_every_plot_stays_inside_its_frame(values):
    curve = curves.Curve("a & b")
    for number, value in enumerate(values):
        curve.add(number * 10, value)
    svg = charts.draw(curves.Panel("a & b", [curve]), images=10)
    assert "a &amp; b" in svg
    points = re.findall(r'points="([^"]*)"', svg)[0]
    for point in points.split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= charts.WIDTH
        assert 0 <= y <= charts.HEIGHT
    plot = re.search(r'data-plot="([^"]*)"', svg).group(1).replace("&quot;", '"').replace("&amp;", "&")
    assert json.loads(plot)[0]["value"] == pytest.approx(values)
