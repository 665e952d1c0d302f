import json

import numpy as np
import pytest
from face_drawing import face, face_regions

from nurie.errors import InputError
from nurie.images import read_image, write_image
from nurie.inference import Colorizer, Style
from nurie.inference.sidecar import (
    hash_drawing,
    hash_regions,
    make_sidecar,
    read_sidecar,
    reopen,
    reproduce,
    sidecar_path,
    write_sidecar,
)
from nurie.inference.style import style_to_json


@pytest.fixture(params=["weights_folder", "paint_weights_folder", "learned_weights_folder"])
def colorizer(request):
    return Colorizer(request.getfixturevalue(request.param), threads=1)


def record(tmp_path, colorizer, **arguments):
    """A drawing, its result, and the path of the record."""
    write_image(tmp_path / "drawing.png", face())
    encoded = colorizer.encode(tmp_path / "drawing.png", regions=face_regions())
    result = encoded.sample(5, 2, **arguments)
    path = tmp_path / "a.nurie.json"
    write_sidecar(path, make_sidecar(encoded, result, drawing="drawing.png", options={"seed": 5}))
    return result, path


def test_a_record_gives_the_same_picture_bit_for_bit(tmp_path, colorizer):
    red = np.array([[255, 0, 0], [0, 0, 9]], np.uint8)
    orange = colorizer.read_reference(np.full((90, 90, 3), (250, 120, 30), np.uint8))
    style = Style(references=[orange], guidance=1.5, shading=0.5)
    for arguments in ({}, {"hints": {2: "#123456"}}, {"palette": red}, {"style": style}):
        result, path = record(tmp_path, colorizer, **arguments)
        sidecar = read_sidecar(path)
        again = reproduce(sidecar, reopen(sidecar, colorizer.networks, tmp_path / "drawing.png"))
        for name in ("image", "flats", "regions", "colors", "drawn", "noise", "known", "code"):
            assert np.array_equal(getattr(again, name), getattr(result, name)), name
        assert (again.seed, again.index) == (5, 2)
        assert style_to_json(again.style) == style_to_json(result.style)


def test_a_record_from_before_there_were_styles(tmp_path, paint_weights_folder):
    colorizer = Colorizer(paint_weights_folder, threads=1)
    result, path = record(tmp_path, colorizer)
    old = {name: value for name, value in json.loads(path.read_text()).items() if name not in ("light", "style")}
    path.write_text(json.dumps(old))
    sidecar = read_sidecar(path)
    assert np.array_equal(reproduce(sidecar, reopen(sidecar, colorizer.networks, face())).image, result.image)


def test_the_same_colours_come_again_from_the_noise(tmp_path, colorizer):
    result, path = record(tmp_path, colorizer, hints={2: "#123456"})
    sidecar = read_sidecar(path)
    encoded = reopen(sidecar, colorizer.networks, tmp_path / "drawing.png")
    assert np.array_equal(encoded.sample(5, 2, noise=sidecar.noise, hints={2: "#123456"}).image, result.image)


def test_what_a_person_reads_in_it(tmp_path, colorizer):
    result, path = record(tmp_path, colorizer, hints={2: "#123456"})
    read = json.loads(path.read_text())
    assert read["seed"] == 5
    assert read["index"] == 2
    assert read["hints"] == {"2": "#123456"}
    assert read["palette"] == ["#" + bytes(color).hex() for color in result.colors]
    assert read["regions"]["count"] == 4
    assert read["regions"]["sha256"] == hash_regions(result.regions)
    assert read["weights"]["sha256"] == colorizer.networks.sha256
    assert read["versions"].keys() >= {"nurie", "numpy", "onnxruntime"}
    assert read["options"] == {"seed": 5}
    assert read["drawing"]["file"] == "drawing.png"


def test_another_drawing_is_refused(tmp_path, colorizer):
    _, path = record(tmp_path, colorizer)
    other = face()
    other[0, 0] = 254
    write_image(tmp_path / "other.png", other)
    with pytest.raises(InputError, match=r"other\.png is not the drawing that was colored: its pixels differ"):
        reopen(read_sidecar(path), colorizer.networks, tmp_path / "other.png")


def test_the_same_pixels_in_another_file_are_the_same_drawing(tmp_path):
    write_image(tmp_path / "a.png", face())
    write_image(tmp_path / "a.webp", np.dstack([face()] * 3))
    hashes = {hash_drawing(read_image(tmp_path / name)) for name in ("a.png", "a.webp")}
    assert len(hashes) == 1
    assert hash_drawing(read_image(face()[:, ::-1])) == hash_drawing(read_image(face()[:, ::-1].copy()))
    assert hash_drawing(read_image(np.zeros((2, 3), np.uint8))) != hash_drawing(read_image(np.zeros((3, 2), np.uint8)))


def test_alpha_counts():
    rgba = np.full((4, 4, 4), 255, np.uint8)
    clear = rgba.copy()
    clear[0, 0, 3] = 0
    assert hash_drawing(read_image(rgba)) != hash_drawing(read_image(clear))


def change(path, **fields):
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"format": 99}, "has format 99, this nurie reads format 1; use a newer nurie"),
        ({"palette": ["#000000"]}, "damaged .its numbers of regions disagree"),
        ({"palette": ["red"] * 4}, "damaged .'red' is no colour"),
        ({"noise": "???"}, "is no record of nurie, or is damaged"),
        ({"regions": {"sha256": "0", "png": "AAAA"}}, "region map is not the one that its SHA-256 says"),
        ({"weights": None}, "is no record of nurie, or is damaged"),
        ({"light": "???"}, "is no record of nurie, or is damaged"),
        ({"style": {"guidance": 1}}, "is no record of nurie, or is damaged"),
        ({"style": {"guidance": 1, "shading": 2, "references": []}}, "shading must lie between"),
        ({"style": {"guidance": 1, "shading": 1, "references": ["AAAA"]}}, "is no record of nurie, or is damaged"),
    ],
)
def test_damaged_records(tmp_path, weights_folder, fields, message):
    _, path = record(tmp_path, Colorizer(weights_folder, threads=1))
    change(path, **fields)
    with pytest.raises(InputError, match=message):
        read_sidecar(path)


def test_a_changed_region_map_is_noticed(tmp_path, weights_folder):
    _, path = record(tmp_path, Colorizer(weights_folder, threads=1))
    regions = json.loads(path.read_text())["regions"]
    change(path, regions={**regions, "sha256": "0" * 64})
    with pytest.raises(InputError, match="region map is not the one"):
        read_sidecar(path)


def test_what_is_no_record(tmp_path):
    with pytest.raises(InputError, match=r"does not exist; color the drawing again, without --no-sidecar"):
        read_sidecar(tmp_path / "no.json")
    for text in ("", "[1]", "{}"):
        (tmp_path / "a.json").write_text(text)
        with pytest.raises(InputError, match="is no record of nurie"):
            read_sidecar(tmp_path / "a.json")
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        read_sidecar(tmp_path)


def test_where_records_are(tmp_path):
    assert sidecar_path(tmp_path / "a.b.png") == tmp_path / "a.b.nurie.json"
