"""The nodes: what each is called, takes, gives and does. Both APIs are made from this."""

from nurie.inference.layers import GROUPINGS, LAYER_SUFFIXES
from nurie.inference.style import MOST_GUIDANCE
from nurie.regions import COLORING_METHOD, REGION_METHODS

from .actions import change, color, find_regions, load_weights, save_layers, vary
from .node import REGIONS, RESULT, WEIGHTS, Node, Socket

LARGEST_SEED = 0xFFFF_FFFF_FFFF_FFFF
"""ComfyUI's own."""

_WEIGHTS = Socket("weights", WEIGHTS, "of Load weights")
_DRAWING = Socket("drawing", "IMAGE", "line drawings; each of a batch is taken by itself")
_TRANSPARENCY = Socket(
    "transparency", "MASK", "the mask that Load Image gives with the drawing, for lines on transparent ground", True
)
_SEED = Socket(
    "seed",
    "INT",
    "the same seed gives the same pictures",
    settings={"default": 0, "min": 0, "max": LARGEST_SEED, "control_after_generate": True},
)
_PICTURE = Socket(
    "picture",
    "INT",
    "which picture of the result, from 1, as numbered on the sheet; 0 means all",
    settings={"default": 0, "min": 0, "max": 4096},
)
_PALETTE = Socket(
    "palette",
    "STRING",
    'the only colors allowed: "#264653,#2a9d8f", or the path of a file (GPL, ASE, ACO, PNG); empty: all',
    True,
    {"default": ""},
)
_SHARE = {"default": 1.0, "min": 0.0, "max": 1.0, "step": 0.05}
_LOOK = (
    _TRANSPARENCY,
    Socket("regions", REGIONS, "of Region map; without it the drawing is cut by itself", True),
    Socket("like", "IMAGE", "same character, same colors: a colored picture to follow", True),
    Socket(
        "hints",
        "STRING",
        "known colors, one a line: X,Y=#rrggbb (pixels from the left and the top), or REGION=#rrggbb",
        True,
        {"default": "", "multiline": True},
    ),
    _PALETTE,
    Socket(
        "guidance",
        "FLOAT",
        "how strongly colors follow the hints and the picture to be like; other than 1 takes twice the time",
        True,
        {"default": 1.0, "min": 0.0, "max": MOST_GUIDANCE, "step": 0.1},
    ),
    Socket("shading", "FLOAT", "how much light and shade; 0 is flat", True, _SHARE),
)
_RESULT = Socket("result", RESULT, "for Recolor and Save layers")
_SHOWN = (
    Socket("image", "IMAGE", "the drawing's lines over its colors"),
    Socket("transparency", "MASK", "1 = transparent, as the drawing was"),
    Socket("flats", "IMAGE", "the colors alone, without lines, light and shade"),
    _RESULT,
)

NODES = (
    Node(
        "NurieLoadWeights",
        "Load weights (nurie)",
        "Loads the weights that color drawings.",
        inputs=(
            Socket(
                "name",
                "STRING",
                'a folder made by nurie export, or "owner/name" on the Hugging Face hub; empty: those of nurie',
                settings={"default": ""},
            ),
        ),
        outputs=(Socket("weights", WEIGHTS, "for Color and Variations"),),
        run=load_weights,
    ),
    Node(
        "NurieRegions",
        "Region map (nurie)",
        "Cuts line drawings into regions, and shows their numbers.",
        inputs=(
            _DRAWING,
            Socket(
                "method",
                "COMBO",
                "how regions are found",
                settings={"default": COLORING_METHOD, "options": list(REGION_METHODS)},
            ),
            _TRANSPARENCY,
            Socket("flats", "IMAGE", "regions made elsewhere, as flat colors: taken instead of the method's", True),
        ),
        outputs=(
            Socket("regions", REGIONS, "for Color and Variations"),
            Socket("preview", "IMAGE", "each region in its own tint, with its number"),
        ),
        run=find_regions,
    ),
    Node(
        "NurieColor",
        "Color (nurie)",
        "Colors line drawings; the lines stay as they are.",
        inputs=(_WEIGHTS, _DRAWING, _SEED, *_LOOK),
        outputs=_SHOWN,
        run=color,
    ),
    Node(
        "NurieVariations",
        "Variations (nurie)",
        "Colors each drawing in several ways.",
        inputs=(
            _WEIGHTS,
            _DRAWING,
            Socket("n", "INT", "pictures of each drawing", settings={"default": 12, "min": 1, "max": 64}),
            _SEED,
            *_LOOK,
        ),
        outputs=(
            Socket("images", "IMAGE", "all pictures; those of the first drawing come first"),
            Socket("sheet", "IMAGE", "the pictures of each drawing, small and numbered"),
            _RESULT,
        ),
        run=vary,
    ),
    Node(
        "NurieRecolor",
        "Recolor (nurie)",
        "Changes colors of a result; what is not named stays, pixel by pixel.",
        inputs=(
            _RESULT,
            _PICTURE,
            _SEED,
            Socket(
                "colors",
                "STRING",
                "colors to set, one a line: REGION=#rrggbb or X,Y=#rrggbb; Region map shows the numbers",
                True,
                {"default": "", "multiline": True},
            ),
            Socket(
                "lock", "STRING", "regions to keep while others are drawn anew, such as 3,7,9-12", True, {"default": ""}
            ),
            Socket("reroll", "STRING", 'regions to draw anew from the seed, or "rest"', True, {"default": ""}),
            _PALETTE,
        ),
        outputs=_SHOWN,
        run=change,
    ),
    Node(
        "NurieSaveLayers",
        "Save layers (nurie)",
        "Saves results with layers: lines, light and shade, flat colors, regions.",
        inputs=(
            _RESULT,
            _PICTURE,
            Socket("prefix", "STRING", "how file names begin", settings={"default": "nurie"}),
            Socket(
                "suffix",
                "COMBO",
                "PSD, or OpenRaster for Krita, GIMP and MyPaint",
                settings={"default": LAYER_SUFFIXES[0], "options": list(LAYER_SUFFIXES)},
            ),
            Socket(
                "by",
                "COMBO",
                "what has a layer of its own",
                settings={"default": GROUPINGS[0], "options": list(GROUPINGS)},
            ),
        ),
        outputs=(Socket("paths", "STRING", "the files, one a line"),),
        run=save_layers,
        is_output=True,
    ),
)
