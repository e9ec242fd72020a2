"""What is measured, what splits it, and what must agree before two scores may be compared."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from stackcompare.records.base import Frozen, FrozenDict, Id, Record, Text, Url
from stackcompare.records.claim import Claim, Fact
from stackcompare.records.quantity import Interval, Quantity
from stackcompare.records.settings import Settings


class Facet(Record):
    """A setting that one benchmark declares for itself, such as a subset or a domain."""

    values: tuple[Text, ...] = ()
    """Values it may take; empty when any text may stand."""
    note: Text | None = None
    """What it distinguishes."""


class Benchmark(Record):
    """A test with a score.

    A version or subset is a facet where documents print the plain name for it; a set that always goes
    by a name of its own is a benchmark of its own.
    """

    name: Text
    """Name as its makers write it."""
    domain: Text
    """What it tests: knowledge, mathematics, coding ..."""
    metric: Text
    """What is counted, such as `accuracy` or `Elo rating`."""
    unit: Text
    """`percent`, `fraction`, or the name of another unit."""
    better: Literal["higher", "lower"] = "higher"
    """Which direction is better."""
    range: tuple[Quantity | None, Quantity | None] | None = None
    """Least and greatest possible score; 0 to 100 for `percent` and 0 to 1 for `fraction` unless said."""
    items: Fact[Quantity] | None = None
    """Number of items, where every version and subset has the same."""
    items_by: Frozen[Id, Frozen[Text, Fact[Quantity]]] = Field(default_factory=FrozenDict)
    """Number of items by facet and value: `items_by: {subset: {diamond: 198}}`."""
    random_baseline: Fact[Quantity] | None = None
    """Score of blind guessing."""
    must_agree: tuple[Text, ...] = ()
    """Settings and facets that must agree before two scores may be compared."""
    facets: Frozen[Id, Facet] = Field(default_factory=FrozenDict)
    """Facets of its own, beyond the settings that every benchmark has."""
    variants: Frozen[Id, Settings] = Field(default_factory=FrozenDict)
    """Ids that stand for this benchmark with settings fixed: `quiz-hard` for `{subset: hard}`."""
    aliases: tuple[Text, ...] = ()
    """Other spellings of the name."""
    problems: tuple[Claim[Text], ...] = ()
    """Known faults: wrong labels, contamination, saturation."""
    url: Url | None = None
    """Where it is described."""
    note: Text | None = None
    """What a reader must know, in our own words."""

    @model_validator(mode="after")
    def _facets_are_declared(self) -> Benchmark:
        known = {
            *self.facets,
            *(name for name in Settings.model_fields if name not in {"facets", "inferred"}),
        }
        for where, names in (("must_agree", self.must_agree), ("items_by", tuple(self.items_by))):
            for name in names:
                if name not in known:
                    raise ValueError(f"{where} names {name!r}, which is no setting and no facet of this benchmark")
        return self

    @property
    def bounds(self) -> Interval:
        """Least and greatest possible score; infinite where there is no limit."""
        if self.range is not None:
            low, high = self.range
            return Interval(low.value if low else float("-inf"), high.value if high else float("inf"))
        top = {"percent": 100.0, "fraction": 1.0}.get(self.unit)
        return Interval(float("-inf"), float("inf")) if top is None else Interval(0.0, top)

    @property
    def scale(self) -> float | None:
        """What a score of 100 % is written as: 100 or 1; `None` where scores are no rate."""
        return {"percent": 100.0, "fraction": 1.0}.get(self.unit)
