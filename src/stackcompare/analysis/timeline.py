"""How the best score of a benchmark has moved with the release of models, open and closed weights apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from stackcompare.analysis.ranking import Ranked, Ranking, ranking
from stackcompare.records import PartialDate
from stackcompare.shown import Charted, Entry, Listing, Rows, rows_of

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog

Kind = Literal["open", "closed", "unknown"]
"""Whether the weights can be had."""
KINDS: Final[tuple[Kind, ...]] = ("open", "closed", "unknown")


@dataclass(frozen=True)
class Release(Entry):
    """A model with its score and the day of its release."""

    model: str
    """Label of the model."""
    ranked: Ranked
    """Its score, with the citation."""
    released: PartialDate
    """When it was first available, as far as known."""
    weights: Kind
    """Whether its weights can be had."""
    best: bool
    """Whether its score was, as stated, better than any before it among models of its kind."""
    ahead_of: str | None
    """Label of the model that was best before, where there was one."""
    beyond_noise: bool
    """Whether the two scores lie apart with the noise of the test; never where a noise is unknown."""

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield one row."""
        score, span = self.ranked.score, self.ranked.span
        yield {
            "model": self.model, "released": str(self.released), "weights": self.weights, "score": score.text,
            "low": span.low, "high": span.high, "best": self.best, "ahead_of": self.ahead_of,
            "beyond_noise": self.beyond_noise, "evidence": score.evidence, "source": score.result.source,
            "locator": score.result.locator,
        }  # fmt: skip


class Timeline(Charted, Listing[Release]):
    """The dated models of a ranking in order of release, with each new best of its kind.

    Scores are those known today: a model may have been measured long after its release.
    """

    def __init__(self, ranking: Ranking, releases: tuple[Release, ...], left_out: tuple[str, ...]) -> None:
        super().__init__(releases)
        self.catalog = ranking.catalog
        self.ranking = ranking
        """The scores."""
        self.left_out = left_out
        """Labels of the models without a known date of release."""

    def bests(self, weights: Kind) -> tuple[Release, ...]:
        """Return the running best among models of one kind, in order of release."""
        return tuple(each for each in self if each.best and each.weights == weights)

    def rows(self) -> Rows:
        """Return one row a model: date, score, weights, and whether it was a new best."""
        columns = [
            "model", "released", "weights", "benchmark", "score", "low", "high", "unit", "best", "ahead_of",
            "beyond_noise", "evidence", "source", "locator",
        ]  # fmt: skip
        known = {"benchmark": self.ranking.key, "unit": self.ranking.benchmark.unit}
        return rows_of(columns, ({**line, **known} for each in self for line in each.lines()))


def timeline(catalog: Catalog, benchmark: str, **choices: Any) -> Timeline:
    """Return the models on a benchmark in order of release, with each new best among open and among closed weights.

    A date known to the month or year counts from its first day; of one day, the better comes first. A bound that only
    says how good a score is at most is no best.
    `choices` are those of `ranking`, and so are the errors.

    >>> found = timeline(catalog, "exam")
    >>> [(each.model, each.best) for each in found], found.left_out
    ([('aster-2', True)], ('borealis-1',))
    """
    found = ranking(catalog, benchmark, **choices)
    sign = 1 if found.benchmark.better == "higher" else -1
    dated = sorted(
        ((each.released, each) for each in found if each.released is not None),
        key=lambda pair: (pair[0].earliest, -sign * pair[1].stated, pair[1].model),
    )
    best: dict[str, Ranked] = {}
    releases: list[Release] = []
    for released, each in dated:
        kind: Kind = each.weights.access or "unknown"
        before = best.get(kind)
        better = each.assured and (before is None or sign * each.stated > sign * before.stated)
        if better:
            best[kind] = each
        apart = better and before is not None and _apart(each, before, sign)
        ahead_of = before.model if better and before is not None else None
        releases.append(Release(each.model, each, released, kind, better, ahead_of, apart))
    return Timeline(found, tuple(releases), tuple(each.model for each in found if each.released is None))


def _apart(one: Ranked, other: Ranked, sign: int) -> bool:
    if one.noisy is None or other.noisy is None:
        return False
    return other.noisy.below(one.noisy) if sign > 0 else one.noisy.below(other.noisy)
