import json
from contextlib import contextmanager

import cv2
import numpy as np
import pytest
from heaps import digests, flat_picture, png, write_heap

from nurie.data.inputs import Wishes
from nurie.data.prepare import PrepareConfig, prepare
from nurie.data.shard_corpus import read_shards
from nurie.data.shards import read_list
from nurie.errors import DataError, InputError, OutputError
from nurie.images import read_color, write_image
from nurie.machines.processes import Processes


def config(*sources, **options):
    fast = {"side": 64, "regions": "flood_fill", "shard_size": 5, "val": 0.2, "test": 0.2, "lines": ("xdog",)}
    return PrepareConfig(sources=tuple(map(str, sources)), **{**fast, **options})


def manifest(out):
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]


class StoppedError(Exception):
    pass


def stop_after(count):
    """A progress that ends everything at the nth picture, whatever is being done with it."""
    left = [count]

    @contextmanager
    def progress(what, there, total):
        def tick(number):
            left[0] -= number
            if left[0] <= 0:
                raise StoppedError

        yield tick

    return progress


def test_pictures_become_shards_with_a_manifest_and_a_card(tmp_path):
    heap = write_heap(tmp_path / "heap", 20)
    outcome = prepare(config(heap, wishes=Wishes(license="CC0 1.0", author="me")), tmp_path / "out")
    lines = manifest(tmp_path / "out")
    assert outcome.kept == len(lines) == 20
    assert outcome.rejected == {}
    assert [line["number"] for line in lines] == list(range(20))
    assert sum(read_list(tmp_path / "out").values()) == 20
    counts = {split: len(read_shards(tmp_path / "out", split).names) for split in ("train", "val", "test")}
    assert sum(counts.values()) == 20
    assert all(line["sha256"] and line["license"] == "CC0 1.0" and line["regions"] > 3 for line in lines)
    card = (tmp_path / "out/data-card.md").read_text()
    assert "20 pictures were listed, 20 kept, 0 rejected" in card
    assert "| CC0 1.0 | 20 |" in card
    assert read_color(tmp_path / "out/contact-sheet.png").shape == (5 * 128, 12 * 128, 3)
    assert not (tmp_path / "out/work").exists()


def test_what_is_stored_is_what_the_picture_was(tmp_path):
    heap = write_heap(tmp_path / "heap", 3)
    prepare(config(heap, val=0.0, test=0.0, color_format="png", side=140), tmp_path / "out")
    shards = read_shards(tmp_path / "out")
    drawing = shards.load(shards.names[0])
    np.testing.assert_array_equal(drawing.color, flat_picture(1))
    assert drawing.meta["name"] == "001.png"
    assert drawing.meta["nurie"]
    assert drawing.meta["size"] == [140, 140]
    assert drawing.meta["methods"]["sketch"]["sigma"] in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def test_every_bad_picture_is_one_line_and_stops_nothing(tmp_path):
    heap = write_heap(tmp_path / "heap", 4)
    (heap / "a-broken.png").write_bytes(png()[:500])
    (heap / "a-copy.png").write_bytes((heap / "001.png").read_bytes())
    (heap / "a-empty.jpg").write_bytes(b"")
    (heap / "a-gone.png").symlink_to(heap / "nowhere.png")
    (heap / "a-text.webp").write_text("no picture")
    write_image(heap / "a-small.png", flat_picture(9, 50, 300))
    sheet = np.full((200, 200, 3), 255, np.uint8)
    write_image(heap / "a-blank.png", sheet)
    cv2.circle(sheet, (100, 100), 50, (0, 0, 0), 2)
    write_image(heap / "a-lines.png", sheet)
    outcome = prepare(config(heap), tmp_path / "out")
    reasons = {line["name"]: line.get("rejected") for line in manifest(tmp_path / "out")}
    assert reasons == {
        "001.png": None, "002.png": None, "deep/000.jpg": None, "deep/003.jpg": None,
        "a-broken.png": "corrupt", "a-copy.png": "duplicate", "a-empty.jpg": "corrupt", "a-gone.png": "corrupt",
        "a-text.webp": "corrupt", "a-small.png": "too small", "a-blank.png": "blank", "a-lines.png": "line art",
    }  # fmt: skip
    assert outcome.rejected == {"blank": 1, "corrupt": 4, "duplicate": 1, "line art": 1, "too small": 1}
    details = {line["name"]: line.get("detail") for line in manifest(tmp_path / "out")}
    assert details["a-copy.png"] == "same bytes as number 0"
    assert details["a-small.png"] == "300x50 pixels; 128 are needed"
    assert "| corrupt | 4 |" in (tmp_path / "out/data-card.md").read_text()


def test_a_picture_that_fails_late_is_one_line_too(tmp_path, monkeypatch):
    module = "nurie.data.prepare.writing.make_triplet"
    heap = write_heap(tmp_path / "heap", 3)
    monkeypatch.setattr(module, lambda *_: (_ for _ in ()).throw(MemoryError("no room")))
    assert prepare(config(heap), tmp_path / "out").rejected == {"failed": 3}
    assert {line["detail"] for line in manifest(tmp_path / "out")} == {"no room"}


def test_filters_can_be_left_out(tmp_path):
    heap = tmp_path / "heap"
    heap.mkdir()
    write_image(heap / "gray.png", np.repeat(flat_picture(1)[..., :1], 3, axis=2))
    assert prepare(config(heap), tmp_path / "one").rejected == {"greyscale": 1}
    assert prepare(config(heap, filters=False), tmp_path / "two").kept == 1


def test_drawn_sources_keep_their_truth_and_their_tests(tmp_path, boxes_source):
    prepare(config("boxes:0-5", "boxes:900000-900002", "boxes:4-6", val=0.0, test=0.0), tmp_path)
    lines = manifest(tmp_path)
    assert [line["name"] for line in lines if "rejected" in line] == ["boxes-000004", "boxes-000005"]
    assert {line["name"] for line in lines if line.get("split") == "test"} == {f"boxes-90000{n}" for n in range(3)}
    shards = read_shards(tmp_path)
    drawing = shards.load(shards.names[2])
    assert [part.kind for part in drawing.parts] == ["background", "eye"]
    assert drawing.meta["author"] == "a ü"
    assert set(drawing.sketches) == {"xdog"}


@pytest.mark.parametrize("count", [1, 12, 24, 30, 42])
def test_stopped_anywhere_and_run_again_it_ends_with_the_same_bytes(tmp_path, count):
    heap = write_heap(tmp_path / "heap", 12)
    prepare(config(heap), tmp_path / "whole")
    with pytest.raises(StoppedError):
        prepare(config(heap), tmp_path / "stopped", progress=stop_after(count if count < 36 else 36))
    assert not (tmp_path / "stopped/shards.json").exists()
    prepare(config(heap), tmp_path / "stopped")
    assert digests(tmp_path / "stopped") == digests(tmp_path / "whole")


def test_half_written_files_of_a_killed_run_are_removed(tmp_path):
    heap = write_heap(tmp_path / "heap", 3)
    prepare(config(heap), tmp_path / "whole")
    (tmp_path / "killed").mkdir()
    (tmp_path / "killed/.train-000000.tar.0123abcd.part").write_bytes(b"half")
    prepare(config(heap), tmp_path / "killed")
    assert digests(tmp_path / "killed") == digests(tmp_path / "whole")


def test_several_processes_write_what_one_writes(tmp_path):
    heap = write_heap(tmp_path / "heap", 12)
    told = []

    @contextmanager
    def progress(what, there, total):
        yield lambda number: told.append((what, number))

    prepare(config(heap), tmp_path / "one")
    prepare(config(heap), tmp_path / "two", Processes(2), progress)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert sum(number for what, number in told if what == "writing") == 12


def test_what_is_finished_is_not_done_again(tmp_path):
    heap = write_heap(tmp_path / "heap", 4)
    first = prepare(config(heap), tmp_path / "out")
    for path in heap.rglob("*.*"):
        path.unlink()
    assert prepare(config(heap), tmp_path / "out") == first


def test_other_settings_are_not_mixed_in(tmp_path):
    heap = write_heap(tmp_path / "heap", 4)
    with pytest.raises(StoppedError):
        prepare(config(heap), tmp_path / "out", progress=stop_after(6))
    with pytest.raises(DataError, match=r"begun with other settings \(side\); give the same ones"):
        prepare(config(heap, side=32), tmp_path / "out")
    prepare(config(heap), tmp_path / "out")
    with pytest.raises(DataError, match=r"other settings \(side, val\)"):
        prepare(config(heap, side=32, val=0.1), tmp_path / "out")


def test_bad_places_are_one_sentence(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="hold no pictures"):
        prepare(config(tmp_path / "empty"), tmp_path / "out")
    with pytest.raises(InputError, match="no source of pictures"):
        prepare(config(tmp_path / "nowhere"), tmp_path / "out")
    heap = write_heap(tmp_path / "heap", 1)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="work cannot be made"):
        prepare(config(heap), tmp_path / "file")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/a.tar").write_text("")
    with pytest.raises(DataError, match="shards of another making"):
        prepare(config(heap), tmp_path / "other")
