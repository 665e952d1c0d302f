"""The nodes through ComfyUI's V3 API: the same as through the classic one."""

import asyncio
from types import ModuleType

import pytest
import torch
from comfyui_stand_ins import ComfyExtension, as_image, draw_face, load_pack, v3_api


@pytest.fixture(scope="module")
def classic():
    with pytest.MonkeyPatch.context() as patch:
        return load_pack(patch, {}).NODE_CLASS_MAPPINGS


@pytest.fixture(scope="module")
def pack():
    with pytest.MonkeyPatch.context() as patch:
        yield load_pack(patch, v3_api())


@pytest.fixture(scope="module")
def nodes(pack):
    async def load():
        extension = await pack.comfy_entrypoint()
        assert isinstance(extension, ComfyExtension)
        await extension.on_load()
        return await extension.get_node_list()

    return {node.define_schema().node_id: node for node in asyncio.run(load())}


def test_the_pack_leaves_the_classic_names_out_since_comfyui_would_take_those(pack):
    assert not hasattr(pack, "NODE_CLASS_MAPPINGS")


def test_a_program_whose_api_has_no_nodes_yet_gets_the_classic_ones():
    package, latest = ModuleType("comfy_api"), ModuleType("comfy_api.latest")
    package.latest = latest
    with pytest.MonkeyPatch.context() as patch:
        pack = load_pack(patch, {"comfy_api": package, "comfy_api.latest": latest})
    assert pack.NODE_CLASS_MAPPINGS
    assert not hasattr(pack, "comfy_entrypoint")


def test_both_apis_describe_the_same_nodes(nodes, classic):
    assert set(nodes) == set(classic)
    for name, node in nodes.items():
        schema, twin = node.define_schema(), classic[name]
        described = twin.INPUT_TYPES()
        for group in ("required", "optional"):
            inputs = [socket for socket in schema.inputs if socket.optional == (group == "optional")]
            assert [socket.id for socket in inputs] == list(described[group])
            for socket in inputs:
                settings = dict(socket.settings)
                kind = settings.pop("options", socket.io_type)
                assert (kind, {**settings, "tooltip": socket.tooltip}) == described[group][socket.id]
        assert tuple(socket.io_type for socket in schema.outputs) == twin.RETURN_TYPES
        assert tuple(socket.display_name for socket in schema.outputs) == twin.RETURN_NAMES
        assert schema.is_output_node == twin.OUTPUT_NODE
        assert (schema.category, schema.description) == (twin.CATEGORY, twin.DESCRIPTION)
        assert node.__name__ == name


def test_names_of_outputs_cannot_clash_with_those_of_inputs(nodes):
    # A schema whose inputs and outputs share an id is refused; outputs without one get one of their own.
    for node in nodes.values():
        schema = node.define_schema()
        assert len({socket.id for socket in schema.inputs}) == len(schema.inputs)
        assert all(socket.id is None for socket in schema.outputs)


def test_both_apis_give_the_same_pictures(nodes, classic):
    drawing = as_image(draw_face())
    (weights,) = nodes["NurieLoadWeights"].execute(name="").args
    images, sheet, result = nodes["NurieVariations"].execute(weights=weights, drawing=drawing, n=2, seed=5).args
    image, *_ = nodes["NurieRecolor"].execute(result=result, picture=2, seed=0, colors="1=#ff8800").args
    twins = classic["NurieVariations"]().execute(weights=weights, drawing=drawing, n=2, seed=5)
    recolored = classic["NurieRecolor"]().execute(result=twins[2], picture=2, seed=0, colors="1=#ff8800")
    assert torch.equal(images, twins[0])
    assert torch.equal(sheet, twins[1])
    assert torch.equal(image, recolored[0])
    assert not torch.equal(image[0], images[1])
