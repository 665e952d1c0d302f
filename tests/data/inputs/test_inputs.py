import json
import tarfile
import zipfile

import pytest
from heaps import png, write_heap

from nurie.data.corpus import write_corpus
from nurie.data.inputs import INPUTS, Wishes, find_input
from nurie.data.sources.drawing import Drawing
from nurie.errors import ImageError, InputError


def names(source):
    return [entry.name for entry in source.entries()]


def kind(text):
    return type(find_input(str(text))).__name__


def test_a_folder_is_listed_with_all_folders_in_it_but_nothing_hidden(tmp_path):
    write_heap(tmp_path, 4)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden/a.png").write_bytes(png())
    (tmp_path / "notes.md").write_text("no picture")
    source = find_input(str(tmp_path), Wishes(license="CC0 1.0", author="me"))
    assert names(source) == ["001.png", "002.png", "deep/000.jpg", "deep/003.jpg"]
    assert next(source.entries()).meta == {"source": "folder", "license": "CC0 1.0", "author": "me"}
    assert source.read("001.png") == (tmp_path / "001.png").read_bytes()
    with pytest.raises(ImageError, match="No such file"):
        source.read("gone.png")


def test_a_list_gives_each_path_once_relative_to_itself(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.png").write_bytes(png(1))
    (tmp_path / "b.png").write_bytes(png(2))
    (tmp_path / "some.txt").write_text(f"# mine\nsub/a.png\n\n{tmp_path}/b.png\nsub/a.png\n")
    source = find_input(str(tmp_path / "some.txt"))
    assert names(source) == sorted([f"{tmp_path}/b.png", "sub/a.png"])
    assert source.read("sub/a.png") == png(1)
    assert source.read(f"{tmp_path}/b.png") == png(2)


@pytest.mark.parametrize("suffix", [".zip", ".cbz"])
def test_a_zip_is_read_without_unpacking(tmp_path, suffix):
    with zipfile.ZipFile(tmp_path / f"a{suffix}", "w") as archive:
        for name in ("b/2.png", "1.png", "__MACOSX/1.png", ".x.png", "text.txt"):
            archive.writestr(name, png(len(name)))
    source = find_input(str(tmp_path / f"a{suffix}"))
    assert names(source) == ["1.png", "b/2.png"]
    assert source.read("b/2.png") == png(7)
    with pytest.raises(KeyError):
        source.read("gone.png")


@pytest.mark.parametrize("suffix", [".tar", ".tar.gz"])
def test_a_tar_is_read_in_its_own_order(tmp_path, suffix):
    write_heap(tmp_path / "heap", 4)
    with tarfile.open(tmp_path / f"a{suffix}", "w:gz" if suffix.endswith("gz") else "w") as archive:
        for name in ("deep/003.jpg", "001.png", "deep"):
            archive.add(tmp_path / "heap" / name, name, recursive=False)
    source = find_input(str(tmp_path / f"a{suffix}"))
    assert names(source) == ["deep/003.jpg", "001.png"]
    assert source.read("001.png") == (tmp_path / "heap/001.png").read_bytes()


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
def test_what_is_no_archive_is_one_sentence(tmp_path, name):
    (tmp_path / name).write_bytes(b"no archive at all")
    with pytest.raises(InputError, match="is no archive that can be read"):
        names(find_input(str(tmp_path / name)))


def test_members_that_claim_too_much_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("nurie.data.inputs.archive.LARGEST", 10)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.png", png())
    with pytest.raises(ImageError, match="more than the limit of 10"):
        find_input(str(tmp_path / "a.zip")).read("a.png")


POSTS = [
    {"id": "1001", "rating": "s", "score": "5", "image_width": "900", "image_height": "800",
     "tags": [{"name": "1girl", "category": "0"}, {"name": "painter", "category": "1"}], "source": "https://a.example"},
    {"id": 2, "rating": "s", "score": 9, "image_width": 900, "image_height": 300, "tag_string": "1girl solo",
     "tag_string_artist": "who else"},
    {"id": 3, "rating": "e", "score": 0, "image_width": 900, "image_height": 900, "tag_string": "1girl"},
    {"id": 4, "rating": "q", "score": 3, "image_width": 900, "image_height": 900, "tag_string": "comic greyscale"},
    {"id": 5, "rating": "s"},
]  # fmt: skip


@pytest.fixture
def danbooru(tmp_path):
    """Laid out like Danbooru2020, with both forms of metadata; 5 is not there, 6 has no metadata."""
    for number in (1001, 2, 3, 4, 6):
        bucket = tmp_path / f"512px/{number % 1000:04d}"
        bucket.mkdir(parents=True, exist_ok=True)
        (bucket / f"{number}.jpg").write_bytes(png(number))
    (tmp_path / "metadata").mkdir()
    for part in (0, 1):
        lines = "".join(json.dumps(post) + "\n" for post in POSTS[part::2])
        (tmp_path / f"metadata/202000000000000{part}").write_text(lines)
    return tmp_path


def test_danbooru_is_read_with_its_metadata(danbooru):
    entries = {entry.name: entry for entry in find_input(str(danbooru)).entries()}
    assert list(entries) == [f"512px/{n % 1000:04d}/{n}.jpg" for n in (1001, 3, 2, 4, 6)]
    first = entries["512px/0001/1001.jpg"]
    assert first.meta["author"] == "painter"
    assert (first.meta["id"], first.meta["rating"], first.meta["score"]) == (1001, "s", 5)
    assert first.meta["url"] == "https://a.example"
    assert entries["512px/0002/2.jpg"].meta["author"] == "who else"
    reasons = {entry.meta.get("id"): entry.rejected for entry in entries.values()}
    assert reasons == {1001: "", 3: "", 2: "", 4: "tag greyscale, comic", None: "no metadata"}
    assert find_input(str(danbooru)).read("512px/0002/2.jpg") == png(2)


@pytest.mark.parametrize(
    ("wishes", "kept"),
    [
        (Wishes(ratings=("s",)), {1001, 2}),
        (Wishes(min_score=5), {1001, 2}),
        (Wishes(tags=("1girl", "solo")), {2}),
        (Wishes(without_tags=()), {1001, 2, 3, 4}),
        (Wishes(min_size=500), {1001, 3}),
    ],
)
def test_danbooru_is_filtered(danbooru, wishes, kept):
    entries = find_input(str(danbooru), wishes).entries()
    assert {entry.meta.get("id") for entry in entries if not entry.rejected} == kept


def test_damaged_metadata_is_named_by_line(danbooru):
    (danbooru / "metadata/2020000000000001").write_text('{"id": 2}\n{"id": ')
    with pytest.raises(InputError, match=r"line 2 of .*2020000000000001 is no JSON"):
        names(find_input(str(danbooru)))


def test_parquet_rows_are_pictures(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="needs pip install nurie[parquet]")
    from pyarrow import parquet

    pictures = [{"bytes": png(seed), "path": f"{seed}.png"} for seed in range(5)] + [{"bytes": None, "path": "x"}]
    table = pyarrow.table({"image": pictures, "artist": ["a", "b", "c", "d", "e", None], "label": list(range(6))})
    (tmp_path / "data").mkdir()
    parquet.write_table(table, tmp_path / "data/train-00000.parquet", row_group_size=2)
    parquet.write_table(pyarrow.table({"jpg": [png(7)]}), tmp_path / "data/train-00001.parquet")
    source = find_input(str(tmp_path))
    entries = list(source.entries())
    assert [e.name for e in entries] == [f"data/train-00000.parquet#{row}" for row in range(6)] + [
        "data/train-00001.parquet#0"
    ]
    assert [e.meta["author"] for e in entries] == ["a", "b", "c", "d", "e", "unknown", "unknown"]
    assert source.read("data/train-00000.parquet#3") == png(3)
    assert source.read("data/train-00001.parquet#0") == png(7)
    with pytest.raises(ImageError, match="holds no bytes"):
        source.read("data/train-00000.parquet#5")
    single = find_input(str(tmp_path / "data/train-00001.parquet"))
    assert names(single) == ["train-00001.parquet#0"]
    assert single.read("train-00001.parquet#0") == png(7)


def test_parquet_without_pictures_is_one_sentence(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="needs pip install nurie[parquet]")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"n": [1]}), tmp_path / "a.parquet")
    with pytest.raises(InputError, match="no column with the bytes of pictures; its columns are n"):
        find_input(str(tmp_path / "a.parquet")).read("a.parquet#0")
    (tmp_path / "b.parquet").write_bytes(b"no parquet")
    with pytest.raises(InputError, match=r"b.parquet is no Parquet file"):
        names(find_input(str(tmp_path / "b.parquet")))


def test_generators_draw_their_seeds(boxes_source):
    source = find_input("boxes:8-11", Wishes(side=64))
    assert source.drawn
    assert names(source) == [f"boxes-{seed:06d}" for seed in range(8, 12)]
    assert source.read("boxes-000009").color.shape == (64, 64, 3)
    assert names(find_input("boxes:3")) == ["boxes-000003"]


@pytest.mark.parametrize(("text", "message"), [("boxes:9-8", "8 is below 9"), ("boxes:a", "boxes:0-999")])
def test_seeds_must_be_a_range(boxes_source, text, message):
    with pytest.raises(InputError, match=message):
        find_input(text)


def test_a_corpus_keeps_what_it_knows(boxes_source, tmp_path):
    write_corpus(tmp_path, "boxes", range(2), side=64)
    source = find_input(str(tmp_path))
    assert source.drawn
    entry = next(source.entries())
    assert (entry.name, entry.meta["license"]) == ("boxes-000000", "CC0 1.0")
    assert isinstance(source.read("boxes-000001"), Drawing)


def test_what_nothing_knows_is_one_sentence(tmp_path):
    (tmp_path / "a.doc").write_text("")
    for text in ("nowhere", str(tmp_path / "a.doc")):
        with pytest.raises(InputError, match="is no source of pictures; give a folder"):
            find_input(text)


def test_the_first_kind_that_knows_a_source_reads_it(danbooru):
    assert kind(danbooru) == "Danbooru"
    assert kind(danbooru / "512px") == "Folder"
    assert set(INPUTS) == {"generator", "corpus", "danbooru", "parquet", "archive", "list", "folder"}
