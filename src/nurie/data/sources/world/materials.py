"""Colors of materials that many things are made of."""

WOODS = ("#a8703f", "#8a5a35", "#c9965a", "#6b4630")
GOLDS = ("#f0c243", "#e3b53a", "#f6d46a")
METAL = ("#b8bec8", "#9aa3ad", "#d0d4da")
GLASS = ("#bfe3f4", "#a9d4ec", "#dff0f6", "#8fb5cc")
TIRE = "#3a3a40"
