"""The records of a run as curves, gathered into panels: what belongs into one plot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nurie.training.run_log import Record

MOST_POINTS = 400
"""Of a curve; more are averaged, as no screen shows them."""

RATE = "images a second"

NOTES: Mapping[str, str] = {
    "gradient": "Norm of the gradient before clipping. Slowly falling is well; jumps come before trouble.",
    "logit": "Mean score that the discriminator gives drawn (real) and generated (fake) pictures.",
    "balance": "Share of pictures judged rightly. Both near 1: the generator is behind; near 0.5: a draw.",
    "accuracy": "Shares of what was told rightly.",
    "diversity": "How far pictures of one sketch differ, in levels of 255, by the averaged network. Near 0: the code "
    "or the noise comes to nothing.",
    "adversarial": "What the generator loses by being found out.",
    "discriminator": "2 log 2 = 1.39 where drawn and generated pictures cannot be told apart.",
    "l1": "Mean absolute difference to the truth; colors go from -1 to 1.",
    "r1": "Squared slope of the discriminator at real pictures.",
    "kl": "Nats per number of the code, from N(0, I).",
    RATE: "Of this run, all processes together.",
}

LOGARITHMIC = ("gradient",)
SHARES = ("balance", "accuracy")
"""Panels whose values lie in 0..1."""

LAST = ("gradient", "logit", "balance", "accuracy", "diversity", RATE)
"""Panels in this order after the losses."""


@dataclass
class Curve:
    """Values over images seen."""

    name: str
    images: list[int | float] = field(default_factory=list)
    values: list[int | float] = field(default_factory=list)

    def add(self, images: int | float, value: int | float) -> None:
        """One more point; values that are no numbers are left out."""
        if value == value and abs(value) != float("inf"):
            self.images.append(images)
            self.values.append(value)

    def reduced(self, most: int = MOST_POINTS) -> "Curve":
        """The curve with at most so many points, each the mean of as many neighbours."""
        size = -(-len(self.values) // most)
        if size <= 1:
            return self
        starts = range(0, len(self.values), size)
        return Curve(
            self.name,
            [self.images[min(start + size, len(self.images)) - 1] for start in starts],
            [_mean(self.values[start : start + size]) for start in starts],
        )

    def smooth(self) -> "Curve":
        """A running mean over a twentieth of the curve."""
        reach = max(1, len(self.values) // 40)
        values = [_mean(self.values[max(0, i - reach) : i + reach + 1]) for i in range(len(self.values))]
        return Curve(self.name, self.images, values)


@dataclass
class Panel:
    """One plot."""

    title: str
    curves: list[Curve]

    @property
    def heading(self) -> str:
        """The title as a reader wants it: short names are initials."""
        return self.title.upper() if len(self.title) == 2 else self.title.capitalize()

    @property
    def note(self) -> str:
        """What there is to see."""
        return NOTES.get(self.title, "")

    @property
    def logarithmic(self) -> bool:
        """Whether values of all sizes are to be seen."""
        return self.title in LOGARITHMIC and all(value > 0 for curve in self.curves for value in curve.values)


def gather(records: Sequence[Record]) -> list[Panel]:
    """All scalars and measures, `group/name` together, losses first."""
    curves: dict[str, Curve] = {}
    for record in records:
        for name, value in {**record.get("scalars", {}), **record.get("measures", {})}.items():
            curves.setdefault(name, Curve(name)).add(record["images"], float(value))
    rate = _rate(records)
    if rate.values:
        curves[RATE] = rate
    groups: dict[str, list[Curve]] = {}
    for name, curve in curves.items():
        if curve.values:
            groups.setdefault(name.partition("/")[0], []).append(curve)
    order = sorted(groups, key=lambda group: LAST.index(group) if group in LAST else -1)
    return [Panel(group, groups[group]) for group in order]


def resumed_at(records: Sequence[Record]) -> list[int]:
    """Where the run went on after a stop, in images."""
    return [record["images"] for record in records if "start" in record and record["images"]]


def seconds(records: Sequence[Record]) -> float:
    """How long the run took, without the pauses between a stop and a start."""
    total, before = 0.0, None
    for record in records:
        if "start" not in record and before is not None:
            total += max(0.0, record["time"] - before)
        before = record["time"]
    return total


def _rate(records: Sequence[Record]) -> Curve:
    """Images a second between reports, as far as no stop lies between."""
    curve, before = Curve(RATE), None
    for record in records:
        if "start" in record:
            before = record
        elif "scalars" in record:
            if before is not None and record["time"] > before["time"]:
                curve.add(record["images"], (record["images"] - before["images"]) / (record["time"] - before["time"]))
            before = record
    return curve


def _mean(values: Sequence[int | float]) -> float:
    return sum(values) / len(values)
