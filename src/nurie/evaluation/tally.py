"""How often something held, of how many chances."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """Hits among chances; tallies add up."""

    hits: int = 0
    total: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hits + other.hits, self.total + other.total)

    @property
    def share(self) -> float | None:
        """Hits / total in [0, 1]; None without a single chance."""
        return self.hits / self.total if self.total else None
