"""The table of all things that can be drawn, by theme."""

from collections.abc import Callable

from nurie.data.sources.world import (
    animal_heads,
    animals,
    belongings,
    birds,
    buildings,
    dishes,
    fruit,
    meals,
    plants,
    skies,
    sweets,
    toys,
    vehicles,
)
from nurie.data.sources.world.spot import Spot

DrawThing = Callable[[Spot], None]

FRUIT: dict[str, DrawThing] = {
    "apple": fruit.draw_apple,
    "strawberry": fruit.draw_strawberry,
    "cherries": fruit.draw_cherries,
    "banana": fruit.draw_banana,
    "orange": fruit.draw_orange,
    "watermelon": fruit.draw_watermelon,
    "grapes": fruit.draw_grapes,
    "pear": fruit.draw_pear,
    "pineapple": fruit.draw_pineapple,
    "carrot": fruit.draw_carrot,
    "mushroom": fruit.draw_mushroom,
    "pumpkin": fruit.draw_pumpkin,
    "tomato": fruit.draw_tomato,
}
FOOD: dict[str, DrawThing] = {
    "cake": sweets.draw_cake,
    "slice of cake": sweets.draw_slice,
    "cupcake": sweets.draw_cupcake,
    "ice cream": sweets.draw_ice_cream,
    "donut": sweets.draw_donut,
    "candy": sweets.draw_candy,
    "burger": meals.draw_burger,
    "onigiri": meals.draw_onigiri,
    "sushi": meals.draw_sushi,
    "ramen": meals.draw_ramen,
    "pizza": meals.draw_pizza,
    "bread": meals.draw_bread,
    "egg": meals.draw_egg,
    "dessert": sweets.draw_fruit_bowl,
    "cup": dishes.draw_cup,
    "teapot": dishes.draw_teapot,
    "glass": dishes.draw_glass,
    "bottle": dishes.draw_bottle,
}
PLANTS: dict[str, DrawThing] = {
    "flower": plants.draw_flower,
    "blossom": plants.blossom,
    "tulip": plants.draw_tulip,
    "sunflower": plants.draw_sunflower,
    "rose": plants.draw_rose,
    "potted plant": plants.draw_potted_plant,
    "cactus": plants.draw_cactus,
    "tree": plants.draw_tree,
    "pine": plants.draw_pine,
    "palm": plants.draw_palm,
    "bush": plants.draw_bush,
    "twig": plants.draw_leaves,
    "bouquet": plants.draw_bouquet,
}
ANIMALS: dict[str, DrawThing] = {
    "animal head": animal_heads.draw_head,
    "sitting animal": animals.draw_sitting,
    "walking animal": animals.draw_walking,
    "sleeping cat": animals.draw_crescent_cat,
    "elephant": animals.draw_elephant,
    "sheep": animals.draw_sheep,
    "turtle": animals.draw_turtle,
    "snail": animals.draw_snail,
    "ladybird": animals.draw_ladybird,
    "hedgehog": animals.draw_hedgehog,
    "bird": birds.draw_bird,
    "owl": birds.draw_owl,
    "penguin": birds.draw_penguin,
    "duck": birds.draw_duck,
    "fish": birds.draw_fish,
    "whale": birds.draw_whale,
    "butterfly": birds.draw_butterfly,
    "bee": birds.draw_bee,
    "octopus": birds.draw_octopus,
    "crab": birds.draw_crab,
}
VEHICLES: dict[str, DrawThing] = {
    "car": vehicles.draw_car,
    "bus": vehicles.draw_bus,
    "truck": vehicles.draw_truck,
    "train": vehicles.draw_train,
    "bicycle": vehicles.draw_bicycle,
    "boat": vehicles.draw_boat,
    "plane": vehicles.draw_plane,
    "rocket": vehicles.draw_rocket,
    "balloon": vehicles.draw_balloon,
    "robot": vehicles.draw_robot,
}
BUILDINGS: dict[str, DrawThing] = {
    "house": buildings.draw_house,
    "castle": buildings.draw_tower,
    "lighthouse": buildings.draw_lighthouse,
    "tent": buildings.draw_tent,
    "street lamp": buildings.draw_street_lamp,
    "windmill": buildings.draw_windmill,
}
BELONGINGS: dict[str, DrawThing] = {
    "book": belongings.draw_book,
    "bag": belongings.draw_bag,
    "umbrella": belongings.draw_umbrella,
    "gift": toys.draw_gift,
    "ball": toys.draw_ball,
    "clock": belongings.draw_clock,
    "lamp": belongings.draw_lamp,
    "key": belongings.draw_key,
    "guitar": toys.draw_guitar,
    "pencil": toys.draw_pencil,
    "hat": belongings.draw_hat,
    "shoe": belongings.draw_shoe,
    "shirt": belongings.draw_shirt,
    "crown": toys.draw_crown,
    "teddy": toys.draw_teddy,
    "chair": belongings.draw_chair,
    "sword": toys.draw_sword,
    "phone": belongings.draw_phone,
}
SKIES: dict[str, DrawThing] = {
    "sun": skies.draw_sun,
    "moon": skies.draw_moon,
    "cloud": skies.draw_cloud,
    "star": skies.draw_star,
    "rainbow": skies.draw_rainbow,
}
THEMES: dict[str, dict[str, DrawThing]] = {
    "fruit": FRUIT,
    "food": FOOD,
    "plants": PLANTS,
    "animals": ANIMALS,
    "vehicles": VEHICLES,
    "buildings": BUILDINGS,
    "belongings": BELONGINGS,
    "skies": SKIES,
}
"""Every thing, by theme."""

UPRIGHT = frozenset((*BUILDINGS, *VEHICLES, "tree", "pine", "palm", "bush", "chair"))
"""Things that lean no more than a little."""
