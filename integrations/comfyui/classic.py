"""The nodes in ComfyUI's classic API."""

from .node import CATEGORY, Node, Socket
from .table import NODES


def make_class(node: Node) -> type:
    """A class as the classic API wants it."""

    def execute(_self: object, **inputs: object) -> tuple[object, ...]:
        return node.run(**inputs)

    return type(
        node.name,
        (),
        {
            "INPUT_TYPES": classmethod(lambda _: _describe_inputs(node)),
            "RETURN_TYPES": tuple(socket.kind for socket in node.outputs),
            "RETURN_NAMES": tuple(socket.name for socket in node.outputs),
            "OUTPUT_TOOLTIPS": tuple(socket.tooltip for socket in node.outputs),
            "FUNCTION": "execute",
            "CATEGORY": CATEGORY,
            "DESCRIPTION": node.description,
            "OUTPUT_NODE": node.is_output,
            "execute": execute,
        },
    )


def _describe_inputs(node: Node) -> dict[str, dict[str, tuple[object, dict[str, object]]]]:
    described: dict[str, dict[str, tuple[object, dict[str, object]]]] = {"required": {}, "optional": {}}
    for socket in node.inputs:
        described["optional" if socket.optional else "required"][socket.name] = _describe(socket)
    return described


def _describe(socket: Socket) -> tuple[object, dict[str, object]]:
    settings = {**socket.settings, "tooltip": socket.tooltip}
    # A list of choices stands where other inputs have their type.
    return settings.pop("options", socket.kind), settings


NODE_CLASS_MAPPINGS = {node.name: make_class(node) for node in NODES}
NODE_DISPLAY_NAME_MAPPINGS = {node.name: node.title for node in NODES}
