"""nurie in ComfyUI: line drawings in, colored pictures out.

ComfyUI asks a pack for `NODE_CLASS_MAPPINGS` first and leaves `comfy_entrypoint` alone if that is there, so there is
one of the two: the V3 API where the program has it, the classic one elsewhere.
"""

try:
    from comfy_api import latest
except ImportError:
    latest = None

# The first programs with `comfy_api.latest` had no nodes in it.
if hasattr(latest, "ComfyExtension") and hasattr(latest, "io"):
    from .v3 import comfy_entrypoint

    __all__ = ["comfy_entrypoint"]
else:
    from .classic import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS

    __all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS"]
