"""What of ComfyUI its nodes touch: how a pack is loaded, the V3 API, and the folder of outputs."""

import importlib.util
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace

import cv2
import numpy as np
import torch

PACK = Path(__file__).parents[2] / "integrations/comfyui"

SETTINGS = {
    "FLOAT": {"default", "min", "max", "step", "round", "display_mode"},
    "INT": {"default", "min", "max", "step", "control_after_generate", "display_mode"},
    "STRING": {"default", "multiline", "placeholder", "dynamic_prompts"},
    "COMBO": {"default", "options", "control_after_generate"},
}
"""What the widgets of the V3 API understand; other inputs have none."""


class Input:
    def __init__(self, id, display_name=None, optional=False, tooltip=None, **settings):
        unknown = set(settings) - SETTINGS.get(self.io_type, set())
        if unknown:
            raise TypeError(f"{self.io_type} has no {unknown}")
        self.id, self.optional, self.tooltip, self.settings = id, optional, tooltip, settings


class Output:
    def __init__(self, id=None, display_name=None, tooltip=None, is_output_list=False):
        self.id, self.display_name, self.tooltip = id, display_name, tooltip


def custom(io_type):
    ends = {name: type(name, (end,), {"io_type": io_type}) for name, end in (("Input", Input), ("Output", Output))}
    return type(io_type, (), {"io_type": io_type, **ends})


@dataclass
class Schema:
    node_id: str
    display_name: str | None = None
    category: str = "sd"
    inputs: list = field(default_factory=list)
    outputs: list = field(default_factory=list)
    description: str = ""
    is_output_node: bool = False


class NodeOutput:
    def __init__(self, *args, ui=None):
        self.args, self.ui = args, ui


class ComfyNode:
    pass


class ComfyExtension:
    async def on_load(self):
        pass


def v3_api():
    """The modules of the V3 API."""
    names = {"Image": "IMAGE", "Float": "FLOAT", "Mask": "MASK", "Int": "INT", "String": "STRING", "Combo": "COMBO"}
    io = SimpleNamespace(
        **{name: custom(io_type) for name, io_type in names.items()},
        Custom=custom,
        Schema=Schema,
        NodeOutput=NodeOutput,
        ComfyNode=ComfyNode,
    )
    package, latest = ModuleType("comfy_api"), ModuleType("comfy_api.latest")
    latest.io, latest.ComfyExtension = io, ComfyExtension
    package.latest = latest
    return {"comfy_api": package, "comfy_api.latest": latest}


def load_pack(monkeypatch, modules):
    """Load the pack as ComfyUI does: by its path, under a name that nothing else can import it by."""
    for name in ("comfy_api", "comfy_api.latest"):
        monkeypatch.setitem(sys.modules, name, modules.get(name))  # None: there is no such module
    name = str(PACK).replace(".", "_x_")
    for loaded in [loaded for loaded in sys.modules if loaded == name or loaded.startswith(f"{name}.")]:
        monkeypatch.delitem(sys.modules, loaded)
    spec = importlib.util.spec_from_file_location(name, PACK / "__init__.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def folder_paths(folder):
    """The module of that name, whose names are counted up."""

    def get_save_image_path(prefix, output, width, height):
        inside, name = Path(prefix).parent, Path(prefix).name
        target = Path(output) / inside
        target.mkdir(parents=True, exist_ok=True)
        numbers = [int(path.name[len(name) + 1 :].split("_")[0]) for path in target.glob(f"{name}_*")]
        return str(target), name, max(numbers, default=0) + 1, str(inside), prefix

    module = ModuleType("folder_paths")
    module.get_output_directory = lambda: str(folder)
    module.get_save_image_path = get_save_image_path
    return module


def draw_face(side=96, eye=6):
    """A drawing: a head with two eyes, in a frame."""
    drawing = np.full((side, side, 3), 255, np.uint8)
    cv2.rectangle(drawing, (4, 4), (side - 5, side - 5), (0, 0, 0), 2)
    cv2.circle(drawing, (side // 2, side // 2), side // 3, (0, 0, 0), 2)
    for column in (side // 2 - 14, side // 2 + 14):
        cv2.circle(drawing, (column, side // 2 - 6), eye, (0, 0, 0), 2)
    return drawing


def as_image(*drawings):
    """IMAGE, as Load Image makes it."""
    return torch.from_numpy(np.stack(drawings).astype(np.float32) / 255)


def as_arrays(images):
    """IMAGE, as Save Image writes it."""
    return np.clip(255 * images.numpy(), 0, 255).round().astype(np.uint8)
