import pickle

import cv2
import numpy as np
import pytest
from heaps import write_heap

from nurie.data.drawings import PictureFolder, read_drawings
from nurie.data.prepare import PrepareConfig, prepare
from nurie.data.shard_corpus import ShardNames, load_sample, read_shards
from nurie.data.shards import ShardWriter, read_files, read_index
from nurie.errors import DataError


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shards")
    heap = write_heap(folder / "heap", 17)
    config = PrepareConfig(sources=(str(heap),), side=64, regions="flood_fill", shard_size=4, val=0.1, test=0.2)
    prepare(config, folder / "out")
    return folder / "out"


def test_names_count_through_the_shards():
    names = ShardNames((("train-000000", 3), ("train-000001", 1), ("train-000002", 2)), 0, 6)
    assert list(names) == [
        "train-000000/0", "train-000000/1", "train-000000/2", "train-000001/0", "train-000002/0", "train-000002/1",
    ]  # fmt: skip
    assert names[-1] == "train-000002/1"
    assert names.blocks == (3, 1, 2)
    later = names[2:]
    assert list(later) == list(names)[2:]
    assert later.blocks == (1, 1, 2)
    assert list(names[1:4]) == list(names)[1:4]
    assert later[1:3].blocks == (1, 1)
    assert len(names[6:]) == 0
    with pytest.raises(IndexError):
        names[6]


def test_every_sample_of_a_split_is_a_drawing(shards):
    corpus = read_drawings(shards)
    assert [name.partition("-")[0] for name in corpus.names] == ["train"] * len(corpus.names)
    drawings = [corpus.load(name) for name in corpus.names]
    assert len({drawing.meta["key"] for drawing in drawings}) == len(drawings) > 8
    for drawing in drawings:
        assert drawing.color.shape[:2] == drawing.sketch.shape == drawing.regions.shape
        assert set(drawing.sketches) == {"soft"}
        assert drawing.regions.min() == 1
    others = {split: read_shards(shards, split) for split in ("val", "test")}
    assert len(corpus.names) + sum(len(other.names) for other in others.values()) == 17
    assert corpus.test_names == ()


def test_shards_can_be_sent_to_other_processes(shards):
    corpus = pickle.loads(pickle.dumps(read_drawings(shards)))
    assert corpus.load(corpus.names[3]).sketch.shape == (64, 64)
    assert len(pickle.dumps(corpus)) < 1000


def test_names_that_are_not_there_are_one_sentence(shards):
    corpus = read_shards(shards)
    for name in ("train-000000/99", "train-000000/x", "train-000000/"):
        with pytest.raises(DataError, match="has no drawing"):
            corpus.load(name)
    with pytest.raises(DataError, match="is gone"):
        corpus.load("train-000099/0")


def pack(path, **files):
    packed = ShardWriter()
    place = packed.add("a", {name.replace("_", "."): data for name, data in files.items()})
    packed.write(path)
    return place


def as_png(array):
    return cv2.imencode(".png", array)[1].tobytes()


def test_shards_with_sketches_as_png_are_read_too(shards, tmp_path):
    shard = shards / "train-000000.tar"
    good = {name.replace(".", "_"): data for name, data in read_files(shard, read_index(shard)[0]).items()}
    sketch = load_sample(shard, read_index(shard)[0]).sketch
    del good["sketch_webp"]
    place = pack(tmp_path / "old.tar", **good, sketch_png=as_png(sketch))
    np.testing.assert_array_equal(load_sample(tmp_path / "old.tar", place).sketch, sketch)


def test_damaged_samples_are_one_sentence(shards, tmp_path):
    shard = shards / "train-000000.tar"
    good = {name.replace(".", "_"): data for name, data in read_files(shard, read_index(shard)[0]).items()}
    cases = {
        "lacks a picture": {**good, "sketch_webp": None},
        "is damaged; prepare it again": {**good, "color_webp": b"no picture"},
        "the JSON of": {**good, "json": b"{"},
        "does not hold labels 1..K": {**good, "regions_png": as_png(load_sample(shard, read_index(shard)[0]).sketch)},
        "has 7 regions|no valid parts": {**good, "json": b'{"parts": [["hair"]]}'},
    }
    for number, (message, files) in enumerate(cases.items()):
        path = tmp_path / f"{number}.tar"
        place = pack(path, **{name: data for name, data in files.items() if data is not None})
        with pytest.raises(DataError, match=message):
            load_sample(path, place)


def test_an_empty_folder_of_shards_is_one_sentence(tmp_path):
    (tmp_path / "shards.json").write_text('{"shards": {}}')
    with pytest.raises(DataError, match="has no drawings in its shards"):
        read_drawings(tmp_path)


def test_a_plain_folder_gives_colours_alone(tmp_path):
    folder = read_drawings(write_heap(tmp_path, 3))
    assert isinstance(folder, PictureFolder)
    drawing = folder.load(folder.names[0])
    assert not drawing.known
    np.testing.assert_array_equal(np.unique(drawing.regions), [1])
