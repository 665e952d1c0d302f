from typing import ClassVar

import numpy as np
import pytest

from nurie.errors import OutputError
from nurie.evaluation import picture_features
from nurie.evaluation.picture_features import PictureFeatures


class CountingNetwork:
    """Stands for Inception: the mean of a picture, 2048 times; counts what it is asked."""

    seen: ClassVar[list[int]] = []

    def __init__(self, resize):
        self.resize = resize

    def __call__(self, pictures):
        CountingNetwork.seen.append(len(pictures))
        return np.array([[picture.mean()] * 2048 for picture in pictures], np.float32)


@pytest.fixture(autouse=True)
def network(monkeypatch):
    monkeypatch.setattr(picture_features, "InceptionFeatures", CountingNetwork)
    CountingNetwork.seen = []


def pictures(count):
    return [np.full((4 + i % 2, 4, 3), i, np.uint8) for i in range(count)]


def test_rows_are_in_the_order_of_the_pictures_and_progress_is_told():
    told = []
    rows = PictureFeatures()(pictures(19), lambda done, total: told.append((done, total)))
    assert rows.shape == (19, 2048)
    assert rows[:, 0].tolist() == list(range(19))
    assert told == [(8, 19), (16, 19), (19, 19)]


def test_no_pictures_give_no_rows_and_load_nothing():
    assert PictureFeatures()([]).shape == (0, 2048)
    assert CountingNetwork.seen == []


def test_what_was_seen_is_looked_up(tmp_path):
    first = PictureFeatures(tmp_path)(pictures(5))
    assert CountingNetwork.seen == [5]
    again = PictureFeatures(tmp_path)([*pictures(7)[::-1]])
    assert CountingNetwork.seen == [5, 2]
    np.testing.assert_array_equal(again[::-1][:5], first)
    assert not list(tmp_path.rglob("*.part"))


def test_another_resize_rule_or_shape_is_another_picture(tmp_path):
    PictureFeatures(tmp_path)(pictures(1))
    PictureFeatures(tmp_path, "bilinear")(pictures(1))
    PictureFeatures(tmp_path)([np.zeros((2, 8, 3), np.uint8)])
    assert CountingNetwork.seen == [1, 1, 1]


@pytest.mark.parametrize("content", [b"", b"junk", None])
def test_a_damaged_file_is_computed_again(tmp_path, content):
    PictureFeatures(tmp_path)(pictures(1))
    (file,) = tmp_path.rglob("*.npy")
    if content is None:
        np.save(file, np.zeros(3, np.float32))
    else:
        file.write_bytes(content)
    assert PictureFeatures(tmp_path)(pictures(1)).shape == (1, 2048)
    assert CountingNetwork.seen == [1, 1]


def test_a_cache_that_cannot_be_written_is_an_error_in_words(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputError, match="cannot make the folder"):
        PictureFeatures(tmp_path / "file")(pictures(1))
