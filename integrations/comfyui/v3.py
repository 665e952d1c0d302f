"""The nodes in ComfyUI's V3 API."""

from comfy_api.latest import ComfyExtension, io

from .node import CATEGORY, Node
from .table import NODES

_TYPES = {"COMBO": io.Combo, "FLOAT": io.Float, "IMAGE": io.Image, "INT": io.Int, "MASK": io.Mask, "STRING": io.String}


class NurieExtension(ComfyExtension):
    """All nodes."""

    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        """A class for each node."""
        return [make_class(node) for node in NODES]


async def comfy_entrypoint() -> NurieExtension:
    """What ComfyUI calls when it loads the pack."""
    return NurieExtension()


def make_class(node: Node) -> type[io.ComfyNode]:
    """A class as the V3 API wants it."""

    class V3Node(io.ComfyNode):
        @classmethod
        def define_schema(cls) -> io.Schema:
            return _describe(node)

        @classmethod
        def execute(cls, **inputs: object) -> io.NodeOutput:
            return io.NodeOutput(*node.run(**inputs))

    V3Node.__name__ = V3Node.__qualname__ = node.name
    return V3Node


def _describe(node: Node) -> io.Schema:
    return io.Schema(
        node_id=node.name,
        display_name=node.title,
        category=CATEGORY,
        description=node.description,
        inputs=[
            _find_type(socket.kind).Input(
                socket.name, optional=socket.optional, tooltip=socket.tooltip, **socket.settings
            )
            for socket in node.inputs
        ],
        # They get no ids: those may not be the same as those of inputs.
        outputs=[
            _find_type(socket.kind).Output(display_name=socket.name, tooltip=socket.tooltip) for socket in node.outputs
        ],
        is_output_node=node.is_output,
    )


def _find_type(kind: str) -> "type[io.ComfyTypeIO]":
    return _TYPES[kind] if kind in _TYPES else io.Custom(kind)
