import numpy as np
import pytest
from test_features import stlpips_tensors

from nurie.errors import DataError
from nurie.evaluation import folders
from nurie.evaluation.features import STLPIPS
from nurie.evaluation.folders import Beside, picture_files, score_folders
from nurie.images import write_image


def featurize(pictures):
    return np.array([np.resize(p.mean((0, 1)), 8) for p in pictures], np.float32)


@pytest.fixture(autouse=True)
def small_network(monkeypatch):
    monkeypatch.setattr(folders, "STLPIPS", lambda: STLPIPS(stlpips_tensors()))


def write(folder, *names, seed=0, side=32):
    folder.mkdir(exist_ok=True)
    for i, name in enumerate(names):
        rng = np.random.default_rng((seed, i))
        write_image(folder / name, rng.integers(0, 256, (side, side, 3), np.uint8))
    return folder


def test_a_folder_against_itself(tmp_path):
    folder = write(tmp_path / "a", "1.png", "2.png", "3.webp")
    score = score_folders(folder, folder, featurize)
    assert (score.pictures, score.truth, score.pairs) == (3, 3, 3)
    assert score.fid == pytest.approx(0, abs=1e-6)
    assert score.kid is not None
    assert score.stlpips == 0


def test_only_pictures_of_the_same_name_are_pairs(tmp_path):
    a = write(tmp_path / "a", "1.png", "2.png", "x.png")
    b = write(tmp_path / "b", "2.webp", "3.png", "1.png", seed=1)
    score = score_folders(a, b, featurize)
    assert score.pairs == 2
    assert score.stlpips is not None
    assert score.stlpips > 0
    assert score.fid is not None


def test_folders_without_a_common_name_still_have_distances(tmp_path):
    score = score_folders(write(tmp_path / "a", "1.png", "2.png"), write(tmp_path / "b", "3.png", "4.png"), featurize)
    assert score.pairs == 0
    assert score.stlpips is None
    assert score.kid is not None


def test_one_picture_has_no_distribution_but_its_pair(tmp_path):
    a, b = write(tmp_path / "a", "1.png"), write(tmp_path / "b", "1.png", "2.png", seed=1)
    score = score_folders(a, b, featurize)
    assert score.fid is None
    assert score.kid is None
    assert score.stlpips is not None


def test_pairs_must_have_one_size(tmp_path):
    a, b = write(tmp_path / "a", "1.png"), write(tmp_path / "b", "1.png", side=40)
    with pytest.raises(DataError, match="1: 32x32 pixels against 40x40"):
        score_folders(a, b, featurize)


def test_pairs_must_not_be_tiny(tmp_path):
    a = write(tmp_path / "a", "1.png", side=31)
    with pytest.raises(DataError, match="at least 32 pixels a side"):
        score_folders(a, a, featurize)


def test_files_come_sorted_by_name_and_others_are_passed_over(tmp_path):
    folder = write(tmp_path / "a", "b.png", "a10.webp", "a9.png", "B.PNG"[:1] + ".png")
    (folder / "notes.txt").write_text("")
    (folder / "inner").mkdir()
    assert list(picture_files(folder)) == ["B", "a10", "a9", "b"]


def test_two_files_of_one_name_are_refused(tmp_path):
    folder = write(tmp_path / "a", "1.png", "1.webp")
    with pytest.raises(DataError, match=r"1\.png and .*1\.webp have one name"):
        picture_files(folder)


def test_a_missing_or_empty_folder_is_an_error(tmp_path):
    with pytest.raises(DataError, match="is no folder"):
        picture_files(tmp_path / "none")
    with pytest.raises(DataError, match="has no pictures"):
        picture_files(tmp_path)


def test_equal_pairs_are_equal_in_every_way(tmp_path):
    folder = write(tmp_path / "a", "1.png", "2.png")
    score = score_folders(folder, folder, featurize)
    assert (score.psnr, score.ssim, score.histogram) == (100, pytest.approx(1), 0)
    assert score.way is score.change is score.deviation is score.diversity is None


def draw(tmp_path, count=3):
    """Drawings of two halves: pictures, sketches and maps."""
    for number in range(count):
        color = np.full((40, 40, 3), 50 * number + 20, np.uint8)
        color[:, 20:] = (200, 10, 60 * number)
        sketch = np.full((40, 40), 255, np.uint8)
        sketch[:, 19:21] = 0
        color[sketch == 0] = 0
        regions = np.repeat(np.array([1, 2], np.int32), 20)[None].repeat(40, 0)
        for layer, array in {"color": color, "sketch": sketch, "regions": regions}.items():
            (tmp_path / layer).mkdir(exist_ok=True)
            write_image(tmp_path / layer / f"{number}.png", array)
    return tmp_path / "color", tmp_path / "sketch", tmp_path / "regions"


def test_lines_and_maps_beside_the_pictures_tell_of_bleeding_and_of_the_way(tmp_path):
    color, sketch, regions = draw(tmp_path)
    score = score_folders(color, color, featurize, Beside(sketch, regions, [color, color]))
    assert score.change == 0
    assert score.deviation == pytest.approx(0, abs=1e-9)
    assert score.diversity == 0
    assert score.way == pytest.approx(1, abs=1e-3)  # flat pictures: the flattened truth is the truth


def test_maps_need_the_lines(tmp_path):
    color, _, regions = draw(tmp_path)
    with pytest.raises(DataError, match="name their folder with --sketches"):
        score_folders(color, color, featurize, Beside(regions=regions))


def test_a_map_must_be_one(tmp_path):
    color, sketch, _ = draw(tmp_path)
    with pytest.raises(DataError, match=r"0\.png is no region map"):
        score_folders(color, color, featurize, Beside(sketch, color))


def test_lines_must_fit_their_pictures(tmp_path):
    color, _, _ = draw(tmp_path)
    other = write(tmp_path / "other", "0.png")
    with pytest.raises(DataError, match="0: a drawing of 32x32 pixels and a picture of 40x40"):
        score_folders(color, color, featurize, Beside(other))
    with pytest.raises(DataError, match="give both at one size"):
        score_folders(color, color, featurize, Beside(more=[other]))
