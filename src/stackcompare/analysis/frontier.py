"""What a score costs: who offers as much for as little, surely or maybe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from stackcompare.analysis.cost import MEASURES, Measure, spread_of, sure_claims
from stackcompare.analysis.ranking import Ranked, Ranking, ranking
from stackcompare.errors import SelectionError, did_you_mean, one_of
from stackcompare.records import Claim, Interval, Price, Quantity
from stackcompare.shown import Charted, Entry, Listing, Rows, rows_of

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog

_PRICED: Final = (
    "the ordinary offers of all channels: the least counts, the spread reaches to the dearest; plans such as batch or "
    "long context and offers at no charge are left out, and so are the tokens that a model needs for an answer"
)
COSTS: Final[Mapping[str, Measure]] = {
    **{name: MEASURES[name] for name in ("active_params", "total_params")},
    "input_usd": Measure("input_usd", "US dollars for a million input tokens", _PRICED),
    "output_usd": Measure("output_usd", "US dollars for a million output tokens", _PRICED),
}
"""What a score can be held against."""

Status = Literal["frontier", "maybe dominated", "dominated"]
"""`frontier`: nobody can be as good for as little; `maybe dominated`: somebody may, `dominated`: somebody surely is."""


class Cost(NamedTuple):
    """What a model costs, by one measure."""

    value: float
    """The chosen claim; of prices, the least."""
    interval: Interval
    """The spread over claims, or over channels."""
    claims: tuple[tuple[str, Claim[Quantity]], ...]
    """The claims that it runs over, the one of `value` first, each with the field or the channel that it is about."""

    @property
    def assured(self) -> bool:
        """Whether the cost is at most `value`: not where a bound only says how little it is at least."""
        return self.claims[0][1].value.interval().high < inf


class Point(NamedTuple):
    """A model as dominance sees it: more score is better, less cost is better."""

    score: Interval
    """Where its score may lie, mirrored where less is better."""
    cost: Interval
    """Where its cost may lie."""
    noise_known: bool = True
    """Whether the noise of the test is part of `score`; without, nothing is sure."""


@dataclass(frozen=True)
class Tradeoff(Entry):
    """One model's score and cost, and who is as good for as little."""

    model: str
    """Label of the model."""
    ranked: Ranked
    """Its score, with the citation."""
    cost: Cost
    """Its cost, with the claims."""
    surely: tuple[str, ...]
    """Who dominates it whatever the true values are, within their intervals."""
    maybe: tuple[str, ...]
    """Who dominates it for some of these values."""
    efficient: bool
    """Whether nobody dominates it, going by the numbers as stated; never where a number is only a bound from its better
    side: at most so good, or at least so dear."""

    @property
    def status(self) -> Status:
        """Where it stands."""
        return "dominated" if self.surely else "maybe dominated" if self.maybe else "frontier"

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield one row."""
        score, span, claims = self.ranked.score, self.ranked.span, [claim for _, claim in self.cost.claims]
        dates = sorted({str(claim.date) for claim in claims if claim.date is not None})
        yield {
            "model": self.model, "score": score.text, "score_low": span.low, "score_high": span.high,
            "noise_known": self.ranked.noisy is not None, "cost": self.cost.value,
            "cost_low": self.cost.interval.low, "cost_high": self.cost.interval.high, "status": self.status,
            "surely_dominated_by": ", ".join(self.surely) or None,
            "maybe_dominated_by": ", ".join(self.maybe) or None, "efficient_as_stated": self.efficient,
            "evidence": score.evidence, "source": score.result.source, "locator": score.result.locator,
            "cost_sources": ", ".join(dict.fromkeys(claim.source for claim in claims)),
            "cost_dates": ", ".join(dates) or None,
        }  # fmt: skip


class Frontier(Charted, Listing[Tradeoff]):
    """The models of a ranking whose cost is known, the cheapest first, each with who dominates it."""

    def __init__(
        self, ranking: Ranking, measure: Measure, held: tuple[Tradeoff, ...], left_out: tuple[tuple[str, str], ...]
    ) -> None:
        super().__init__(held)
        self.catalog = ranking.catalog
        self.ranking = ranking
        """The scores."""
        self.measure = measure
        """The cost, and what it is a proxy for."""
        self.left_out = left_out
        """Labels of the models without a known cost, and why each is left out."""

    @property
    def line(self) -> tuple[Tradeoff, ...]:
        """The models that nobody dominates going by the numbers as stated, the cheapest first."""
        return tuple(each for each in self if each.efficient)

    def rows(self) -> Rows:
        """Return one row a model: score, cost, their intervals, and who dominates it."""
        columns = [
            "model", "benchmark", "score", "score_low", "score_high", "noise_known", "unit", "measure", "cost",
            "cost_low", "cost_high", "status", "surely_dominated_by", "maybe_dominated_by", "efficient_as_stated",
            "evidence", "source", "locator", "cost_sources", "cost_dates",
        ]  # fmt: skip
        known = {"benchmark": self.ranking.key, "unit": self.ranking.benchmark.unit, "measure": self.measure.field}
        return rows_of(columns, ({**line, **known} for each in self for line in each.lines()))


def frontier(catalog: Catalog, benchmark: str, *, cost: str = "active_params", **choices: Any) -> Frontier:
    """Return for each model on a benchmark who dominates it: at least as good, at most as dear, and better in one.

    *Surely*, where that holds for all values that the intervals leave open: noise of the test, bounds, claims that
    differ, prices of several channels; *maybe*, where it holds for some. A score whose noise is unknown takes part in
    nothing sure. `cost` is one of `COSTS`; `choices` are those of `ranking`. Models without a known cost are listed in
    `left_out`.

    Raises `SelectionError` for a cost that there is not, and what `ranking` raises.

    >>> found = frontier(catalog, "exam")
    >>> [(each.model, each.status, each.surely) for each in found]
    [('borealis-1', 'frontier', ()), ('aster-2', 'maybe dominated', ())]
    """
    if cost not in COSTS:
        raise SelectionError(
            f"no cost {str(cost)[:80]!r}{did_you_mean(str(cost), COSTS) or '; it is one of ' + one_of(COSTS)}"
        )
    found = ranking(catalog, benchmark, **choices)
    known: list[tuple[Ranked, Cost]] = []
    left_out: list[tuple[str, str]] = []
    prices = list(catalog.prices.values()) if cost not in MEASURES else []
    for ranked in found:
        held = _cost(catalog, ranked.score.result.model, COSTS[cost], prices)
        if isinstance(held, Cost):
            known.append((ranked, held))
        else:
            left_out.append((ranked.model, held))
    return Frontier(found, COSTS[cost], _tradeoffs(found, known), tuple(left_out))


def _tradeoffs(found: Ranking, known: Sequence[tuple[Ranked, Cost]]) -> tuple[Tradeoff, ...]:
    more = found.benchmark.better == "higher"
    known = sorted(known, key=lambda each: (each[1].value, -each[0].stated if more else each[0].stated, each[0].model))
    points = [
        Point(ranked.span if more else ranked.span.mirrored(), cost.interval, ranked.noisy is not None)
        for ranked, cost in known
    ]
    stated = [(ranked.stated if more else -ranked.stated, cost.value) for ranked, cost in known]
    assured = [ranked.assured and cost.assured for ranked, cost in known]
    beating = [each for each, sure in zip(stated, assured, strict=True) if sure]
    names = [ranked.model for ranked, _ in known]
    return tuple(
        Tradeoff(
            names[place], *known[place],
            tuple(sorted(names[other] for other in surely)), tuple(sorted(names[other] for other in maybe)),
            assured[place] and not any(_beats(other, stated[place]) for other in beating),
        )
        for place, (surely, maybe) in enumerate(dominators(points))
    )  # fmt: skip


def _beats(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one != other and one[0] >= other[0] and one[1] <= other[1]


def dominators(points: Sequence[Point]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield for each point the places of those that dominate it surely, and of those that do maybe."""
    for place, point in enumerate(points):
        others = [other for other in range(len(points)) if other != place]
        surely = tuple(other for other in others if surely_dominates(points[other], point))
        maybe = tuple(other for other in others if other not in surely and maybe_dominates(points[other], point))
        yield surely, maybe


def surely_dominates(one: Point, other: Point) -> bool:
    """Return whether `one` is at least as good and at most as dear for all values, and surely better in one of both.

    >>> surely_dominates(Point(Interval(80, 84), Interval(5, 6)), Point(Interval(70, 79), Interval(6, 9)))
    True
    """
    if not (one.noise_known and other.noise_known):
        return False
    as_good, as_cheap = other.score.high <= one.score.low, one.cost.high <= other.cost.low
    return as_good and as_cheap and (other.score.below(one.score) or one.cost.below(other.cost))


def maybe_dominates(one: Point, other: Point) -> bool:
    """Return whether `one` is at least as good and at most as dear, and better in one of both, for some values.

    >>> maybe_dominates(Point(Interval(70, 81), Interval(5, 5)), Point(Interval(80, 90), Interval(5, 5)))
    True
    """
    if one.score.below(other.score) or other.cost.below(one.cost):
        return False
    return one.score.high > other.score.low or one.cost.low < other.cost.high


# Costs


def _cost(catalog: Catalog, model: str, measure: Measure, prices: Sequence[Price]) -> Cost | str:
    """Return what a model costs, or why that is unknown."""
    if measure.field not in MEASURES:
        return _price(model, measure, prices)
    fact = getattr(catalog.models[model], measure.field)
    if fact is None:
        return f"{measure.title} not reported"
    claims = sure_claims(fact)
    return Cost(claims[0].value.value, spread_of(fact), tuple((measure.field, claim) for claim in claims))


def _price(model: str, measure: Measure, prices: Sequence[Price]) -> Cost | str:
    offers = [price for price in prices if price.model == model and getattr(price, measure.field) is not None]
    if not offers:
        return "no price known"
    ordinary = [price for price in offers if price.plan is None]
    if not ordinary:
        return "priced only under plans, not as an ordinary offer"
    claims = [(price.channel, getattr(price, measure.field).chosen) for price in ordinary]
    paid = sorted(
        ((channel, claim) for channel, claim in claims if claim.value.value > 0),
        key=lambda each: (each[1].value.value, each[0]),
    )
    if not paid:
        return "offered only at no charge"
    spans = [claim.value.interval() for _, claim in paid]
    spread = Interval(max(min(span.low for span in spans), 0.0), max(span.high for span in spans))
    return Cost(paid[0][1].value.value, spread if spread.high < inf else Interval(spread.low, inf), tuple(paid))
