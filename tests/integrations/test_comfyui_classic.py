"""The nodes through ComfyUI's classic API, with nurie's own weights."""

import re
import sys
import tomllib
import zipfile

import numpy as np
import pytest
import torch
from comfyui_stand_ins import PACK, as_arrays, as_image, draw_face, folder_paths, load_pack
from psd_tools import PSDImage

import nurie
from nurie.errors import InputError, NurieError, WeightsError

FACE, OTHER = draw_face(), draw_face(eye=9)
INK = (FACE == 0).all(2)


@pytest.fixture(scope="module")
def pack():
    with pytest.MonkeyPatch.context() as patch:
        yield load_pack(patch, {})


@pytest.fixture(scope="module")
def run(pack):
    """Run a node as ComfyUI does: widgets that nobody touched have their defaults."""

    def call(kind, /, **inputs):
        node = pack.NODE_CLASS_MAPPINGS[kind]
        described = node.INPUT_TYPES()
        defaults = {
            socket: settings["default"]
            for socket, (_, settings) in (described["required"] | described["optional"]).items()
            if "default" in settings
        }
        assert set(described["required"]) <= set(inputs) | set(defaults)
        assert set(inputs) <= set(described["required"]) | set(described["optional"])
        outputs = getattr(node(), node.FUNCTION)(**{**defaults, **inputs})
        assert len(outputs) == len(node.RETURN_TYPES)
        return outputs

    return call


@pytest.fixture(scope="module")
def weights(run):
    return run("NurieLoadWeights")[0]


@pytest.fixture(scope="module")
def colored(run, weights):
    """A result of two drawings."""
    return run("NurieColor", weights=weights, drawing=as_image(FACE, OTHER), seed=3)


def test_there_are_six_nodes_with_names(pack):
    assert len(pack.NODE_CLASS_MAPPINGS) == 6
    assert set(pack.NODE_CLASS_MAPPINGS) == set(pack.NODE_DISPLAY_NAME_MAPPINGS)
    assert not hasattr(pack, "comfy_entrypoint")


def test_inputs_are_of_types_that_comfyui_or_another_node_has(pack):
    nodes = pack.NODE_CLASS_MAPPINGS.values()
    made = {kind for node in nodes for kind in node.RETURN_TYPES}
    for node in nodes:
        assert node.CATEGORY == "nurie"
        assert node.DESCRIPTION
        assert len(node.RETURN_TYPES) == len(node.RETURN_NAMES) == len(node.OUTPUT_TOOLTIPS)
        for group in node.INPUT_TYPES().values():
            for kind, settings in group.values():
                assert isinstance(kind, list) or kind in made | {"IMAGE", "MASK", "INT", "FLOAT", "STRING"}
                assert not isinstance(kind, list) or settings["default"] in kind
                assert settings["tooltip"]


def test_seeds_change_after_each_run(pack):
    _, settings = pack.NODE_CLASS_MAPPINGS["NurieColor"].INPUT_TYPES()["required"]["seed"]
    assert settings["control_after_generate"] is True
    assert settings["min"] == 0


def test_each_drawing_of_a_batch_is_colored_as_nurie_colors_it(colored):
    image, transparency, flats, result = colored
    assert image.shape == flats.shape == (2, 96, 96, 3)
    assert image.dtype == torch.float32
    assert transparency.shape == (2, 96, 96)
    assert not transparency.any()
    colorizer = nurie.Colorizer()
    for drawing, picture, flat, each in zip((FACE, OTHER), as_arrays(image), as_arrays(flats), result, strict=True):
        (expected,) = colorizer(drawing, seed=3)
        assert np.array_equal(picture, expected.image)
        assert np.array_equal(flat, expected.flats)
        assert np.array_equal(each.result.image, expected.image)
        assert len(np.unique(expected.colors, axis=0)) > 1


def test_lines_stay(colored):
    assert (as_arrays(colored[0])[0][INK] == 0).all()


def test_a_tensor_off_the_range_is_taken_as_what_it_shows(run, weights, colored):
    drawing = as_image(FACE, OTHER)
    wrong = torch.where(drawing == 1, 1.01, torch.where(drawing == 0, -0.02, drawing)).double()
    assert torch.equal(run("NurieColor", weights=weights, drawing=wrong, seed=3)[0], colored[0])


def test_a_picture_to_be_like_is_followed_as_nurie_follows_it(run, weights):
    orange = np.full((96, 96, 3), (250, 120, 30), np.uint8)
    inputs = {"weights": weights, "drawing": as_image(FACE), "seed": 3, "like": as_image(orange), "guidance": 2.0}
    result = run("NurieColor", **inputs, shading=0.5)[3][0].result
    style = nurie.Style(references=[nurie.Colorizer().read_reference(orange)], guidance=2.0, shading=0.5)
    (expected,) = nurie.Colorizer()(FACE, seed=3, style=style)
    assert np.array_equal(result.image, expected.image)
    assert (result.style.guidance, result.style.shading) == (2.0, 0.5)


def test_another_seed_gives_another_picture(run, weights, colored):
    again, other = (run("NurieColor", weights=weights, drawing=as_image(FACE), seed=seed)[0] for seed in (3, 2**64 - 1))
    assert torch.equal(again[0], colored[0][0])
    assert not torch.equal(again, other)


def test_hints_and_a_palette_are_kept(run, weights):
    inputs = {"weights": weights, "drawing": as_image(FACE), "hints": "48,70=#ff8800\n1=#0000ff", "palette": "#00ff00"}
    flats = as_arrays(run("NurieColor", **inputs)[2])[0]
    assert flats[70, 48].tolist() == [255, 136, 0]
    assert {tuple(color) for color in flats.reshape(-1, 3).tolist()} == {(255, 136, 0), (0, 0, 255), (0, 255, 0)}


def test_a_picture_to_be_like_gives_its_colors(run, weights, colored):
    painted = colored[0][:1]
    inputs = {"weights": weights, "drawing": as_image(FACE, OTHER), "seed": 9}
    following, free = (as_arrays(run("NurieColor", **inputs, **like)[2])[0] for like in ({"like": painted}, {}))
    near, far = (np.abs(flats.astype(int) - as_arrays(colored[2])[0]).mean() for flats in (following, free))
    assert near < far / 2


def test_regions_of_the_map_are_those_that_are_colored(run, weights, colored):
    regions, preview = run("NurieRegions", drawing=as_image(FACE, OTHER))
    assert preview.shape == (2, 96, 96, 3)
    for own, each in zip(regions, colored[3], strict=True):
        assert np.array_equal(own, each.result.regions)
    again = run("NurieColor", weights=weights, drawing=as_image(FACE, OTHER), seed=3, regions=regions)
    assert torch.equal(again[0], colored[0])


def test_regions_may_come_from_flat_colors_and_be_one_map_for_all(run, weights):
    flats = np.zeros((96, 96, 3), np.uint8)
    flats[:, 48:] = 200, 50, 50
    regions, _ = run("NurieRegions", drawing=as_image(FACE), flats=as_image(flats))
    assert regions[0].max() == 2
    result = run("NurieColor", weights=weights, drawing=as_image(FACE, OTHER), regions=regions)[3]
    assert [len(each.result.colors) for each in result] == [2, 2]


def test_lines_on_transparent_ground_need_the_mask_that_was_loaded_with_them(run, weights):
    layer, mask = np.zeros_like(FACE), as_image(FACE)[..., 0]
    image, transparency, _, result = run("NurieColor", weights=weights, drawing=as_image(layer), transparency=mask)
    assert result[0].result.regions.max() > 3
    assert (as_arrays(image)[0][INK] == 0).all()
    assert as_arrays(image).mean() > 64
    assert not transparency.any()


def test_a_cut_out_keeps_its_transparency(run, weights):
    mask = torch.zeros(1, 96, 96)
    mask[:, :4] = 1
    transparency = run("NurieColor", weights=weights, drawing=as_image(FACE), transparency=mask)[1]
    assert torch.equal(transparency, mask)


def test_the_mask_of_a_file_without_alpha_says_nothing(run, weights, colored):
    empty = torch.zeros(1, 64, 64)
    image = run("NurieColor", weights=weights, drawing=as_image(FACE), seed=3, transparency=empty)[0]
    assert torch.equal(image[0], colored[0][0])


def test_variations_are_the_pictures_of_a_seed_and_a_sheet_of_them(run, weights, colored):
    images, sheet, result = run("NurieVariations", weights=weights, drawing=as_image(FACE, OTHER), n=3, seed=3)
    assert images.shape == (6, 96, 96, 3)
    assert sheet.shape[0] == 2
    assert sheet.shape[3] == 3
    assert [each.result.index for each in result] == [0, 1, 2, 0, 1, 2]
    assert torch.equal(images[[0, 3]], colored[0])
    assert not torch.equal(images[0], images[1])


def test_recolor_changes_one_region_of_one_picture_and_nothing_else(run, colored):
    image, _, _, result = run("NurieRecolor", result=colored[3], picture=2, colors="1=#ff0088")
    regions = colored[3][1].result.regions
    assert len(result) == 1
    assert result[0].result.colors[0].tolist() == [255, 0, 136]
    assert torch.equal(image[0][regions != 1], colored[0][1][regions != 1])


def test_recolor_draws_the_rest_anew_and_again(run, colored):
    image, _, _, result = run("NurieRecolor", result=colored[3], lock="1,2", reroll="rest", seed=11)
    assert image.shape == colored[0].shape
    for new, old in zip(result, colored[3], strict=True):
        assert np.array_equal(new.result.colors[:2], old.result.colors[:2])
        assert not np.array_equal(new.result.colors[2:], old.result.colors[2:])
    again = run("NurieRecolor", result=result, picture=1, colors="1=#ffffff")[3]
    assert np.array_equal(again[0].result.colors[1:], result[0].result.colors[1:])


def test_recolor_without_changes_picks_a_picture(run, colored):
    assert torch.equal(run("NurieRecolor", result=colored[3], picture=2)[0], colored[0][1:])


def test_layers_are_saved_in_the_folder_of_outputs_under_new_names(run, colored, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "folder_paths", folder_paths(tmp_path))
    (paths,) = run("NurieSaveLayers", result=colored[3], prefix="book/page")
    (more,) = run("NurieSaveLayers", result=colored[3], picture=2, prefix="book/page", suffix=".ora", by="region")
    names = ["page_00001_.psd", "page_00002_.psd"]
    assert paths.splitlines() == [str(tmp_path / "book" / name) for name in names]
    assert more == str(tmp_path / "book/page_00003_.ora")
    psd = PSDImage.open(tmp_path / "book" / names[0])
    assert {"lines", "flats", "regions", "background"} <= {layer.name for layer in psd}
    assert np.array_equal(np.asarray(psd.topil().convert("RGB")), colored[3][0].result.image)
    assert "stack.xml" in zipfile.ZipFile(more).namelist()


def test_saving_runs_although_nothing_comes_after_it(pack):
    outputs = {name for name, node in pack.NODE_CLASS_MAPPINGS.items() if node.OUTPUT_NODE}
    assert outputs == {"NurieSaveLayers"}


def test_weights_may_be_a_folder(run, weights_folder):
    (weights,) = run("NurieLoadWeights", name=f" {weights_folder} ")
    assert run("NurieColor", weights=weights, drawing=as_image(FACE))[0].shape == (1, 96, 96, 3)
    with pytest.raises(WeightsError, match="is no folder"):
        run("NurieLoadWeights", name="/nowhere at all")


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({"hints": "red"}, "'red' is no hint"),
        ({"hints": "900,1=#ff0000"}, "outside of the drawing"),
        ({"palette": "#ff"}, "'#ff' is no colour"),
        ({"transparency": torch.ones(1, 8, 8)}, "transparency has 8x8 pixels, the drawing 96x96"),
        ({"transparency": torch.ones(3, 96, 96)}, "3 masks for 2 drawings"),
        ({"regions": [np.ones((8, 8), np.int32)]}, "region map has 8x8 pixels"),
        ({"like": as_image(FACE, FACE, FACE)}, "3 references for 2 drawings"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(run, weights, inputs, sentence):
    with pytest.raises(NurieError, match=re.escape(sentence)):
        run("NurieColor", weights=weights, drawing=as_image(FACE, OTHER), **inputs)


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({"picture": 3}, "there is no picture 3; the result has 2"),
        ({"colors": "99=#ff0000"}, "the drawing has regions 1.."),
        ({"reroll": "all"}, "'all' is no list of regions"),
    ],
)
def test_changes_that_do_not_fit_are_said_in_a_sentence(run, colored, inputs, sentence):
    with pytest.raises(InputError, match=re.escape(sentence)):
        run("NurieRecolor", result=colored[3], **inputs)


def test_the_pack_says_what_the_registry_asks_for():
    project = tomllib.loads((PACK / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == nurie.__version__
    assert project["tool"]["comfy"].keys() >= {"PublisherId", "DisplayName"}
    for file in project["tool"]["setuptools"]["dynamic"]["dependencies"]["file"]:
        assert (PACK / file).read_text(encoding="utf-8").startswith("nurie[layers]")


def test_the_readme_has_every_node(pack):
    page = (PACK / "README.md").read_text(encoding="utf-8")
    titles = [title.removesuffix(" (nurie)") for title in pack.NODE_DISPLAY_NAME_MAPPINGS.values()]
    assert re.findall(r"^\| (?!node)(\w[\w ]*) \|", page, re.MULTILINE) == titles
