import json

import cv2
import numpy as np
import pytest

from benchmarks.regions.__main__ import main
from benchmarks.regions.drawings import (
    FIRST_SEED,
    Case,
    Selection,
    break_lines,
    join_undrawn,
    load_case,
    true_regions,
)
from benchmarks.regions.finishes import FINISHES
from benchmarks.regions.gmic import find_gmic
from benchmarks.regions.methods import BLIND_METHODS, Method, find_methods
from benchmarks.regions.speed import Timing, grid_drawing, time_sides
from benchmarks.regions.tables import markdown_table, pivot_table, show_f1
from nurie.errors import InputError
from nurie.regions import REGION_METHODS, segment_regions

SIDE = 64


def halves(*, line=True, width=3):
    """Two regions side by side, with a line between them or without."""
    regions = np.ones((SIDE, SIDE), np.int32)
    regions[:, SIDE // 2 :] = 2
    sketch = np.full((SIDE, SIDE), 255, np.uint8)
    if line:
        start = SIDE // 2 - width // 2
        sketch[:, start : start + width] = 0
    return sketch, regions


def pieces_of_paper(sketch):
    return cv2.connectedComponents((sketch >= 128).astype(np.uint8), connectivity=4)[0] - 1


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_a_break_opens_the_whole_line(width, seed):
    sketch, regions = halves(width=width)
    true = true_regions(regions, sketch)
    assert pieces_of_paper(sketch) == 2
    broken = break_lines(sketch, true, 1, np.random.default_rng(seed))
    assert pieces_of_paper(broken) == 1
    erased = np.flatnonzero((broken != sketch).any(1))
    assert 1 <= len(erased) <= 6  # 1 to 4 pixels, and soft ends
    assert (broken >= sketch).all()


def test_without_a_line_between_regions_nothing_breaks():
    blank, regions = halves(line=False)
    rng = np.random.default_rng(0)
    assert np.array_equal(break_lines(blank, true_regions(regions, blank), 5, rng), blank)
    sketch, _ = halves()
    assert np.array_equal(break_lines(sketch, np.ones_like(regions), 5, rng), sketch)
    assert np.array_equal(break_lines(sketch, true_regions(regions, sketch), 0, rng), sketch)


def test_lines_do_not_count():
    sketch, regions = halves()
    sketch[10:13, 40] = sketch[10:13, 42] = sketch[[9, 13], 41] = 0  # around three pixels of paper
    true = true_regions(regions, sketch)
    assert set(np.unique(true)) == {0, 1, 2, 3}  # at side 64 the least area is one pixel
    assert (true[sketch < 128] == 0).all()


def test_small_pieces_are_dropped_in_proportion_to_the_picture():
    regions = np.ones((256, 256), np.int32)
    regions[:3, :5] = 2
    regions[100:104, 100:104] = 3
    paper = np.full((256, 256), 255, np.uint8)
    true = true_regions(regions, paper)
    assert true[0, 0] == 0
    assert true.max() == 2
    assert (true == true[100, 100]).sum() == 16


def test_regions_that_no_line_parts_are_one_in_the_drawing():
    for line, expected in ((True, 2), (False, 1)):
        sketch, regions = halves(line=line)
        assert join_undrawn(true_regions(regions, sketch), sketch).max() == expected
    blank = np.zeros((8, 8), np.int32)
    assert not join_undrawn(blank, np.zeros((8, 8), np.uint8)).any()


@pytest.mark.parametrize("name", FINISHES)
def test_a_finish_keeps_the_drawing_and_depends_on_the_seed_alone(name):
    sketch, _ = halves()
    first, again = (FINISHES[name](sketch, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first, again)
    assert first.shape == sketch.shape
    assert np.array_equal(first < 128, sketch < 128)


def test_a_hard_drawing_has_two_grays():
    gray = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert set(FINISHES["hard"](gray, np.random.default_rng(0)).ravel().tolist()) == {0, 255}


def test_a_case_is_the_same_from_the_folder_and_with_gaps_has_the_same_truth(tmp_path):
    pytest.importorskip(
        "skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1"
    )
    case = Case("anime", FIRST_SEED, SIDE)
    first, again = load_case(case, tmp_path), load_case(case, tmp_path)
    gapped = load_case(Case("anime", FIRST_SEED, SIDE, gaps=6), tmp_path)
    assert np.array_equal(first.sketch, again.sketch)
    assert np.array_equal(first.true, gapped.true)
    assert first.sketch.sum() < gapped.sketch.sum()
    wide = load_case(Case("anime", FIRST_SEED, SIDE, line_width=3), tmp_path)
    assert wide.sketch.sum() < first.sketch.sum()


def test_a_selection_has_one_of_each():
    cases = list(Selection(sources=("anime", "scenes"), count=3, gaps=(0, 12), finishes=("hard",)).cases())
    assert len(set(cases)) == len(cases) == 12
    assert min(case.seed for case in cases) == FIRST_SEED


def test_every_method_that_looks_at_the_drawing_is_compared():
    methods, missing = find_methods()
    assert set(methods) >= set(REGION_METHODS) - BLIND_METHODS
    assert any("LineFiller" in sentence for sentence in missing)


def test_a_folder_without_linefiller_is_refused(tmp_path):
    with pytest.raises(InputError, match="clone of hepesu/LineFiller"):
        find_methods(tmp_path)


def test_pixels_of_no_region_are_given_away_before_scoring():
    holed = Method("holed", lambda sketch: np.where(sketch < 128, 0, 1))
    assert (holed.complete(halves()[0]) > 0).all()


def test_a_grid_has_as_many_regions_as_it_says():
    assert segment_regions(grid_drawing(4), "flood_fill").max() == 16


def test_a_slow_method_gets_no_larger_drawing(tmp_path):
    pytest.importorskip(
        "skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1"
    )
    method = Method("any", lambda sketch: np.ones(sketch.shape, np.int32))
    measured = [
        [
            record["side"]
            for record in time_sides([method], [96, SIDE], [1], Timing(repeats=1, patience=patience), tmp_path)
        ]
        for patience in (60.0, -1.0)
    ]
    assert measured == [[SIDE, 96], [SIDE]]


def test_a_table_has_a_dash_for_what_was_not_measured():
    records = [{"method": "a", "gaps": 0, "f1": 0.5}, {"method": "a", "gaps": 9, "f1": 1.0}]
    records += [{"method": "b", "gaps": 0, "f1": 0.25}, {"method": "b", "gaps": 0, "f1": 0.75}]
    rows = [["a", "0.500 ± 0.000", "1.000 ± 0.000"], ["b", "0.500 ± 0.250", "-"]]
    assert pivot_table(records, ("gaps",), show_f1) == markdown_table(["method", "0", "9"], rows)


def test_mistakes_are_one_sentence_and_exit_code_2(tmp_path, capsys):
    folders = ["--out", str(tmp_path), "--cache", str(tmp_path)]
    assert main(["accuracy", *folders, "--methods", "magic"]) == 2
    assert main(["report", "--out", str(tmp_path), "--docs", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_scores_are_written_and_what_is_kept_is_not_measured_again(tmp_path, capsys):
    pytest.importorskip(
        "skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1"
    )
    asked = ["--sources", "anime", "--count", "1", "--sides", str(SIDE), "--gaps", "0", "--methods", "flood_fill"]
    folders = ["--out", str(tmp_path), "--cache", str(tmp_path / "cache")]
    assert main(["accuracy", *folders, *asked]) == 0
    assert "| 0 | anime | flood_fill | 1 | " in capsys.readouterr().out
    file = tmp_path / "accuracy.json"
    results = json.loads(file.read_text())
    assert 0 <= results["records"][0]["f1"] <= 1
    results["records"][0]["f1"] = 0.125
    file.write_text(json.dumps(results))
    assert main(["accuracy", *folders, *asked, "--keep", "flood_fill"]) == 0
    assert [record["f1"] for record in json.loads(file.read_text())["records"]] == [0.125]


@pytest.mark.slow
def test_from_drawings_to_the_page(tmp_path):
    pytest.importorskip(
        "skia", exc_type=ImportError, reason="skia does not load; on Debian: apt install libegl1 libgl1"
    )
    pytest.importorskip("matplotlib", reason="needs pip install nurie[bench]")
    folders = ["--out", str(tmp_path), "--cache", str(tmp_path / "cache"), "--methods", "flood_fill", "trapped_ball"]
    assert main(["accuracy", *folders, "--sources", "anime", "--count", "1", "--sides", "64", "256"]) == 0
    times = ["--sides", "64", "128", "--cells", "2", "--cores", "1", "--repeats", "1"]
    assert main(["speed", *folders, *times]) == 0
    kinds = [record["kind"] for record in json.loads((tmp_path / "speed.json").read_text())["records"]]
    assert (kinds.count("side"), kinds.count("regions"), kinds.count("first")) == (4, 2, 4)

    page = tmp_path / "regions.md"
    page.write_text("# Region maps\n\nProse stays.\n")
    for _ in range(2):
        assert main(["report", "--out", str(tmp_path), "--docs", str(tmp_path)]) == 0
    text = page.read_text()
    assert text.count("Prose stays.") == text.count("### Accuracy") == text.count("### Speed") == 1
    for name in ("accuracy", "speed"):
        assert cv2.imread(str(tmp_path / f"pictures/regions-{name}.png")).std() > 0


@pytest.mark.skipif(find_gmic() is None, reason="the program gmic is not installed")
def test_gmic_finds_the_halves_and_closes_a_gap_where_it_is_told_to():
    sketch, _ = halves()
    sketch[30:33] = 255
    methods, _ = find_methods()
    assert methods["gmic_fine"].complete(sketch).max() == 2
    assert methods["gmic_open"].complete(sketch).max() == 1
