import json
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
import torch

from nurie.errors import DataError, InputError
from nurie.evaluation.kid import KID
from nurie.evaluation.picture_scores import PictureScores
from nurie.tables.painting import ContenderPainter, KnownRegions, plain_painters
from nurie.tables.report import Line, as_csv, as_markdown, mean_fids, write_table
from nurie.tables.rows import PAINTERS, ROWS
from nurie.tables.run import Tables, claim_folder, is_done, painter_folder, reopen_tables, run_painters, run_rows
from nurie.tables.score import make_judge, read_scores
from nurie.tables.train import Job, is_trained, load_contender, run_folder, train_row
from nurie.training.distributed import Machine

CPU = Machine(torch.device("cpu"))


def featurize(pictures):
    return np.array([np.resize(p.mean((0, 1)), 8) for p in pictures], np.float32)


def difference(a, b):
    return float(np.abs(a.astype(float) - b).mean())


@pytest.fixture
def tables(tmp_path, data, settings):
    return Tables(tmp_path, settings, data, make_judge(data, settings, featurize, difference))


def test_a_row_is_trained_once_scored_once_and_written(tables, settings):
    said = []
    run_rows(tables, ["full"], 1, CPU, said.append)
    folder = run_folder(tables.output, "full", 0)
    assert is_done(folder, settings)
    scores, result = read_scores(folder)
    assert scores["A"].pictures == 8
    assert scores["A"].kid is not None
    assert scores["A"].diversity > 0
    assert scores["A"].skin.total == 8
    assert result["settings"] == settings.as_json()
    weights = next(folder.glob("checkpoint-*")) / "ema.safetensors"
    assert result["scored"] == sha256(weights.read_bytes()).hexdigest()
    assert result["protocol"]["name"] == "tables"
    assert result["fid_protocol"]["A"].endswith("8 pictures against 8, by file name")
    assert len(list((folder / "pictures" / "A").glob("*.png"))) == 8
    assert json.loads((folder / "time.json").read_text())["seconds"] > 0
    assert [line.split()[0] for line in said] == ["training", "scoring"]
    run_rows(tables, ["full"], 1, CPU, said.append)
    assert len(said) == 2


def test_a_run_that_was_stopped_goes_on(tmp_path, data, settings):
    job = Job(tmp_path, "alacgan", 1)
    train_row(job, replace(settings, images=8), data.training, CPU)
    assert not is_trained(job.folder, settings)
    train_row(job, settings, data.training, CPU)
    assert is_trained(job.folder, settings)
    assert train_row(job, settings, data.training, CPU) == 0


def test_codes_give_several_pictures_where_a_method_has_them(tmp_path, data, settings):
    for name, differ in (("full", True), ("alacgan", False)):
        job = Job(tmp_path, name, 0)
        train_row(job, settings, data.training, CPU)
        painter = ContenderPainter(load_contender(job.folder, job.row, settings, CPU), job.row, data.sets, CPU.device)
        own, again, drawn = (painter("A", range(3), seed) for seed in (0, 0, 1))
        assert np.array_equal(own, again)
        assert np.array_equal(own, drawn) != differ


def test_painters_that_are_not_trained(data):
    painters = plain_painters(data, None)
    assert set(painters) == set(PAINTERS) - {"nurie"}
    assert np.array_equal(painters["truth"]("A", [2], 0)[0], data.training.color[2])
    assert np.array_equal(painters["paper"]("A", [2], 0)[0][..., 0], data.training.sketch[2])
    a, b = (painters["random"]("A", [2], seed)[0] for seed in (0, 1))
    assert not np.array_equal(a, b)


def test_known_regions_are_looked_up(data):
    find = KnownRegions([data.training], "learned")
    assert np.array_equal(find(data.training.sketch[5]), data.training.maps["learned"][5])


def test_a_folder_of_other_settings_is_refused(tmp_path, settings):
    claim_folder(tmp_path, settings)
    claim_folder(tmp_path, settings)
    with pytest.raises(InputError, match="holds rows of images 16, not 32"):
        claim_folder(tmp_path, replace(settings, images=32))


def test_a_folder_without_runs_cannot_be_opened(tmp_path):
    with pytest.raises(DataError, match="has no table runs that can be read"):
        reopen_tables(tmp_path)
    with pytest.raises(DataError, match=r"scores\.json is missing or damaged"):
        read_scores(tmp_path)


def make_line(name="full", fids=(50.0,), **changes):
    scores = [PictureScores(24, 20, fid=fid, kid=KID(0.01, 0.002), **changes) for fid in fids]
    return Line(name, ROWS[name].label if name in ROWS else name, "A", tuple(scores))


def test_a_table_has_a_line_a_row_and_says_how_seeds_differ(tables):
    text = as_markdown(tables, 2, [make_line(fids=(50.0, 54.0)), make_line("cwr", (60.0,), psnr=12.345)])
    assert "| RASC, all region guidance | 2 | 52.0 ± 2.0 | - | 10.0 ± 0.0 | 2.0 ± 0.0 |" in text
    assert "| RASC, all region guidance | 52.0 ± 2.0 | +0.0% | 33.95 | +0.0% |" in text
    assert "| CWR (skeleton map) | 60.0 | +15.4% | 47.69 | +40.5% |" in text
    assert "| palette and flats (nurie's first stage) | - | - | - | - |" in text
    assert "| RASC without region maps | - | - | 36.59 | +7.8% |" in text
    assert "12.3" in text
    assert "pictures with a truth: A 20" in text


def test_means_are_over_the_sets_that_have_a_truth():
    lines = [make_line(fids=(50.0, 54.0)), make_line(fids=(None, None))]
    assert mean_fids(lines, "full") == [50, 54]
    assert mean_fids([*lines, make_line(fids=(30.0, 40.0))], "full") == [40, 47]
    assert mean_fids(lines, "cwr") == []


def test_csv_has_a_line_a_seed():
    lines = as_csv([make_line(fids=(50.0, None))]).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("method,set,run,pictures,compared,FID,way %,")
    assert lines[1].startswith('"RASC, all region guidance",A,0,24,20,50,,10,2,')
    assert lines[2].startswith('"RASC, all region guidance",A,1,24,20,,')


def test_a_table_of_painters_has_its_way_and_its_plot(tables):
    for name in ("random", "flattened", "truth"):
        run_painters(tables, lambda line: None, (name,))
        assert painter_folder(tables.output, name).is_dir()
    text = write_table(tables, 2, 1)
    random, flattened = (next(line for line in text.splitlines() if name in line) for name in ("random", "flattened"))
    assert random.split(" | ")[3] == "0"
    assert flattened.split(" | ")[3] == "100"
    assert (tables.output / "table-2.csv").is_file()
    assert (tables.output / "table-2.png").is_file()
