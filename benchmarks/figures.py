"""What was measured, beside what is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `limit` is the most, or the least where `at_least`; None only informs."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def row(self) -> str:
        measured = f"| {self.name} | {_rounded(self.value)} {self.unit} |"
        if self.limit is None:
            return f"{measured} | |"
        asked = f"{'≥' if self.at_least else '≤'} {self.limit:,g} {self.unit}"
        return f"{measured} {asked} | {'yes' if self.met else '**no**'} |"


def percentile(values: list[float], share: float) -> float:
    """The smallest value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _rounded(value: float) -> str:
    return f"{value:,.1f}" if value != int(value) else f"{int(value):,}"
