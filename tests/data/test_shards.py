import tarfile

import pytest

from nurie.data.shards import (
    ShardWriter,
    has_shards,
    index_path,
    read_files,
    read_index,
    read_list,
    write_list,
)
from nurie.errors import DataError

SAMPLES = {
    "000000001": {"color.webp": b"c" * 700, "sketch.png": b"", "json": b"{}"},
    "000000002": {"color.webp": b"d" * 512, "sketch.png": b"s", "sketch-soft.png": b"t" * 1025, "json": b"{}"},
}


@pytest.fixture
def shard(tmp_path):
    packed = ShardWriter()
    for key, files in SAMPLES.items():
        packed.add(key, files)
    packed.write(tmp_path / "train-000000.tar")
    return tmp_path / "train-000000.tar"


def test_samples_come_back_from_anywhere(shard):
    places = read_index(shard)
    assert [place.key for place in places] == list(SAMPLES)
    for place in reversed(places):
        assert read_files(shard, place) == SAMPLES[place.key]


def test_a_shard_is_a_tar_file_without_a_trace_of_the_machine(shard):
    with tarfile.open(shard) as tar:
        members = tar.getmembers()
        assert [member.name for member in members] == [
            f"{key}.{end}" for key, files in SAMPLES.items() for end in files
        ]
        assert {(m.mtime, m.uid, m.gid, m.uname, m.gname) for m in members} == {(0, 0, 0, "", "")}


def test_shards_of_others_are_walked_through(shard):
    places = read_index(shard)
    index_path(shard).unlink()
    assert read_index(shard) == places


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it closes no file
def test_the_webdataset_library_reads_them(shard):
    webdataset = pytest.importorskip("webdataset", reason="needs pip install nurie[dev]")
    samples = list(webdataset.WebDataset(str(shard), shardshuffle=False))
    assert [sample["__key__"] for sample in samples] == list(SAMPLES)
    assert samples[1]["sketch-soft.png"] == SAMPLES["000000002"]["sketch-soft.png"]


def test_the_list_counts_samples(shard):
    directory = shard.parent
    assert read_list(directory) == {"train-000000.tar": 2}  # of an unfinished folder too
    write_list(directory, {"train-000000.tar": 2, "train-000001.tar": 1}, {"kept": 3})
    assert read_list(directory) == {"train-000000.tar": 2, "train-000001.tar": 1}
    assert has_shards(directory)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"shards": 3}', '{"shards": {"a": "b"}}'])
def test_a_damaged_list_is_one_sentence(tmp_path, text):
    (tmp_path / "shards.json").write_text(text)
    with pytest.raises(DataError, match=r"shards.json is damaged"):
        read_list(tmp_path)


def test_damage_is_one_sentence(shard):
    last = read_index(shard)[1]
    with pytest.raises(DataError, match="does not hold 000000009 where its index says"):
        read_files(shard, last._replace(key="000000009"))
    with pytest.raises(DataError, match="does not hold"):
        read_files(shard, last._replace(first=last.first + 100, length=1024))
    data = shard.read_bytes()
    shard.write_bytes(data[: last.first + 600])
    with pytest.raises(DataError, match="is cut short"):
        read_files(shard, last)
    index_path(shard).write_text("what is this")
    with pytest.raises(DataError, match=r"train-000000.index is damaged"):
        read_index(shard)
    index_path(shard).unlink()
    shard.write_bytes(b"no shard" * 200)
    with pytest.raises(DataError, match="is no shard that can be read"):
        read_index(shard)
    with pytest.raises(DataError, match="cannot be read"):
        read_files(shard.with_name("gone.tar"), last)
