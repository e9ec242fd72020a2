"""Scores made comparable: brought to one unit, grouped where the facets agree, one configuration a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from stackcompare.analysis.contestants import Contestant
from stackcompare.analysis.noise import Arms, rate_arms
from stackcompare.catalog.evidence import Evidence
from stackcompare.records import Benchmark, Interval, Result, Settings
from stackcompare.records.result import unit_factor

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog

Signature = tuple[str | None, ...]
"""What a result says of the facets that must agree, in their order; `None` where its source does not say."""


class Score(NamedTuple):
    """One model's score in a verdict, with its citation."""

    model: str
    """Label of the contestant: the model's id, with its configuration where one was asked for."""
    result: Result
    """The result as printed."""
    evidence: Evidence
    """Who stands behind it."""
    interval: Interval
    """The score in the benchmark's unit; wider than a point for bounds and for "about"."""
    items: float | None
    """Items that it averages over, where known; the fewest possible where the source leaves the set open."""

    @property
    def text(self) -> str:
        """The score as written."""
        return str(self.result.score)


def score_of(catalog: Catalog, contestant: Contestant, result: Result, slack: float) -> Score:
    """Return a result as a score in its benchmark's unit.

    An approximate score may be off by `slack` points either way: of 100 for a rate, of its unit otherwise.
    """
    benchmark = catalog.benchmarks[result.benchmark]
    factor = unit_factor(result, benchmark)
    points = slack * (benchmark.scale / 100 if benchmark.scale else 1.0)
    interval = result.score.interval(points / factor).scaled(factor)
    return Score(contestant.label, result, catalog.evidence(result), interval, items_of(benchmark, result.settings))


def items_of(benchmark: Benchmark, settings: Settings) -> float | None:
    """Return the number of items behind a score: that of its version or subset, else the fewest it may have."""
    if benchmark.scale is None:
        return None
    for facet, by_value in benchmark.items_by.items():
        said = settings.get(facet)
        if said is not None and said in by_value:
            return by_value[said].value.value
    if benchmark.items is not None:
        return benchmark.items.value.value
    possible = [
        fact.value.value
        for facet, by_value in benchmark.items_by.items()
        if settings.get(facet) is None
        for fact in by_value.values()
    ]
    return min(possible, default=None)


def items_assumed(benchmark: Benchmark, settings: Settings) -> str | None:
    """Return the facet that is unsaid although the number of items hangs on it, if there is one."""
    if benchmark.scale is None or any((settings.get(facet) or "") in by for facet, by in benchmark.items_by.items()):
        return None
    if benchmark.items is not None:
        return None
    return next((facet for facet in benchmark.items_by if settings.get(facet) is None), None)


def arms_at(score: Score, benchmark: Benchmark, value: float, z: float) -> Arms | None:
    """Return how far a score of `value` may be off, or `None` where nothing tells.

    A published standard error or interval is used; failing that, Wilson's interval over the items of a rate.
    """
    result = score.result
    factor = unit_factor(result, benchmark)
    if result.standard_error is not None:
        half = z * result.standard_error.value * factor
        return Arms(half, half)
    if result.interval is not None:
        stretch = factor * z / 1.959963984540054
        low, high = result.interval
        return Arms((result.score.value - low.value) * stretch, (high.value - result.score.value) * stretch)
    if score.items is None or benchmark.scale is None or not 0 <= value <= benchmark.scale:
        return None
    down, up = rate_arms(value / benchmark.scale, score.items, z)
    return Arms(down * benchmark.scale, up * benchmark.scale)


# Facets


def signature(benchmark: Benchmark, result: Result) -> Signature:
    """Return what a result says of the facets that must agree."""
    return tuple(result.settings.get(name) for name in benchmark.must_agree)


def _covers(specific: Signature, general: Signature) -> bool:
    return all(said is None or said == other for said, other in zip(general, specific, strict=True))


def _join(one: Signature, other: Signature) -> Signature | None:
    joined = []
    for a, b in zip(one, other, strict=True):
        if a is not None and b is not None and a != b:
            return None
        joined.append(b if a is None else a)
    return tuple(joined)


_MOST_SIGNATURES = 400


def groups(signatures: Iterable[Signature]) -> dict[Signature, Signature]:
    """Return, for each signature, the group that it belongs to.

    Signatures that agree wherever both say something go together. One that leaves something unsaid joins the one
    group it can belong to; where it could belong to several, it stays apart, because nobody can tell which.

    >>> found = groups([("none",), (None,), ("python",)])
    >>> found[("none",)], found[(None,)]
    (('none',), (None,))
    >>> groups([("none",), (None,)])[(None,)]
    ('none',)
    """
    given = set(signatures)
    closed = set(given)
    fresh = set(given)
    while fresh and len(closed) < _MOST_SIGNATURES:
        joins = {join for a in fresh for b in closed if (join := _join(a, b)) is not None}
        fresh = joins - closed
        closed |= fresh
    most = [each for each in closed if not any(other != each and _covers(other, each) for other in closed)]
    homes: dict[Signature, Signature] = {}
    for each in given:
        possible = [group for group in most if _covers(group, each)]
        homes[each] = possible[0] if len(possible) == 1 else each
    return homes


# Configurations


def configuration(
    catalog: Catalog, contestant: Contestant, scores: Sequence[Score], benchmark: Benchmark
) -> tuple[Score, str | None]:
    """Return the score of one model that counts, and what to say of the choice where there was one.

    The model's default configuration, where its record names one and a score is in it, else the strongest.
    """
    default = catalog.models[contestant.model].default_settings
    chosen, how = list(scores), "the strongest"
    if default is not None and len(scores) > 1:
        fits = {place: _fit(score.result.settings, default) for place, score in enumerate(scores)}
        best = max(fits.values())
        if best >= 0:
            chosen = [score for place, score in enumerate(scores) if fits[place] == best]
            how = "the default configuration" if best > 0 else how
    score = min(chosen, key=lambda each: (_weakness(each, benchmark), _told(each)))
    configurations = {tuple(sorted(each.result.settings.items().items())) for each in scores}
    if len(configurations) < 2:
        return score, None
    differing = sorted(
        name for name in {name for said in configurations for name, _ in said}
        if len({dict(said).get(name) for said in configurations}) > 1
    )  # fmt: skip
    said = ", ".join(f"{name}={score.result.settings.get(name) or 'unsaid'}" for name in differing)
    return score, f"{contestant.label}: {how} of {len(configurations)} configurations is taken ({said})"


def _fit(settings: Settings, default: Settings) -> int:
    """Return how many settings equal the default's, or -1 where one is said to differ."""
    wanted = default.items()
    if any(settings.get(name) not in (None, value) for name, value in wanted.items()):
        return -1
    return sum(settings.get(name) == value for name, value in wanted.items())


def _weakness(score: Score, benchmark: Benchmark) -> tuple[float, float]:
    interval = score.interval if benchmark.better == "higher" else score.interval.mirrored()
    return (-interval.low if interval.low > -inf else inf, -interval.high)


def _told(score: Score) -> tuple[str, ...]:
    """Return a key that orders equal scores the same way whatever the order of files and arguments."""
    result = score.result
    return (
        str(result.settings.said),
        result.source,
        result.table or "",
        result.locator or "",
        result.score.text,
    )


def by_contestant(scores: Iterable[Score]) -> Mapping[str, list[Score]]:
    """Return scores by the label of their contestant."""
    found: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        found[score.model].append(score)
    return found
