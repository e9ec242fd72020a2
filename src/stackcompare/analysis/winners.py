"""Who is ahead on each benchmark, on which basis, by how much, and according to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from stackcompare.analysis.contestants import Contestant
from stackcompare.analysis.noise import noise_of_lead, quantile
from stackcompare.analysis.scores import (
    Score,
    Signature,
    arms_at,
    by_contestant,
    configuration,
    groups,
    items_assumed,
    score_of,
    signature,
)
from stackcompare.catalog.evidence import ORDER, Evidence
from stackcompare.errors import SelectionError, one_of
from stackcompare.records import Benchmark, Interval, Result
from stackcompare.records.result import UNSAID_MEASURER
from stackcompare.shown import Listing

if TYPE_CHECKING:
    import pandas as pd

    from stackcompare.analysis.comparison import Comparison
    from stackcompare.catalog import Catalog

Outcome = Literal["win", "lead", "tie", "undecided", "uncontested"]
"""`win`: ahead beyond sampling noise; `lead`: ahead as reported, within the noise or with the noise unknown; `tie`:
equal; `undecided`: the intervals overlap; `uncontested`: one score."""

BasisKind = Literal["one table", "one document", "one measurer", "pooled"]
"""What the scores of a verdict have in common, the strongest first."""
_LEVELS: Final[tuple[BasisKind, ...]] = ("one table", "one document", "one measurer", "pooled")


class Basis(NamedTuple):
    """Where the scores of a verdict come from."""

    kind: BasisKind
    """What they have in common."""
    sources: tuple[str, ...]
    """Ids of the documents."""


class Standing(NamedTuple):
    """What one document alone would decide."""

    source: str
    """Id of the document."""
    evidence: tuple[Evidence, ...]
    """Who stands behind its scores."""
    models: tuple[str, ...]
    """The contestants that it has scores for."""
    outcome: Outcome
    """What it would decide."""
    leaders: tuple[str, ...]
    """Whom it puts ahead."""


class Decision(NamedTuple):
    """What a set of comparable scores decides."""

    outcome: Outcome
    leaders: tuple[str, ...]
    runner_up: str | None
    margin: Interval | None
    noise: float | None


class Verdict(NamedTuple):
    """One benchmark decided, with everything needed to defend it."""

    benchmark: str
    """Id of the benchmark."""
    facets: Mapping[str, str]
    """The facets that must agree, as far as they are said."""
    outcome: Outcome
    """How it ends."""
    leaders: tuple[str, ...]
    """Who is ahead: several for a tie, nobody where it is undecided."""
    runner_up: str | None
    """Who comes next."""
    margin: Interval | None
    """How far the leader is ahead of the runner-up, in the benchmark's unit; an end is infinite for a bound."""
    noise: float | None
    """How large the margin must be to lie beyond noise; `None` where that is unknown."""
    basis: Basis
    """Where the scores come from."""
    scores: tuple[Score, ...]
    """The scores that decide, the best first, each with its citation."""
    by_source: tuple[Standing, ...]
    """What each document alone would decide."""
    caveats: tuple[str, ...]
    """What a reader must know, in plain words."""

    @property
    def leader_depends_on_source(self) -> bool:
        """Whether some document alone puts another model ahead."""
        return any(
            len(standing.models) > 1 and standing.leaders and set(standing.leaders) != set(self.leaders)
            for standing in self.by_source
        )


class Verdicts(Listing[Verdict]):
    """One verdict for each benchmark and combination of facets, in order of benchmark."""

    def __init__(self, comparison: Comparison, verdicts: tuple[Verdict, ...], settings: Mapping[str, object]) -> None:
        super().__init__(verdicts)
        self.comparison = comparison
        self.settings = settings
        """The settings that they were reached with: confidence, slack, strictness, preference, sources."""

    @property
    def contested(self) -> tuple[Verdict, ...]:
        """The verdicts with more than one score."""
        return tuple(verdict for verdict in self if verdict.outcome != "uncontested")

    def to_frame(self) -> pd.DataFrame:
        """Return one row a score: verdict and score side by side, provenance as columns."""
        import pandas as pd

        columns = [
            "benchmark", "facets", "outcome", "leaders", "margin_low", "margin_high", "noise", "basis", "model",
            "leads", "score", "low", "high", "evidence", "source", "table", "locator",
        ]  # fmt: skip
        rows = [
            (
                verdict.benchmark, ", ".join(f"{k}={v}" for k, v in verdict.facets.items()), verdict.outcome,
                ", ".join(verdict.leaders), verdict.margin.low if verdict.margin else None,
                verdict.margin.high if verdict.margin else None, verdict.noise, verdict.basis.kind,
                score.model, score.model in verdict.leaders, score.text, score.interval.low, score.interval.high,
                score.evidence, score.result.source, score.result.table, score.result.locator,
            )
            for verdict in self
            for score in verdict.scores
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)


class _Rules(NamedTuple):
    strict: bool
    prefer: tuple[Evidence, ...]
    sources: tuple[str, ...] | None
    slack: float
    z: float

    def rank(self, evidence: Evidence) -> int:
        return self.prefer.index(evidence)


def winners(
    comparison: Comparison,
    *,
    strict: bool = False,
    prefer: Iterable[Evidence] = (),
    sources: Iterable[str] | None = None,
    slack: float = 0.5,
    confidence: float = 0.95,
) -> Verdicts:
    """Decide each benchmark and combination of facets, or say why it cannot be decided.

    Scores are compared only where the facets that the benchmark declares agree. A facet that a source leaves unsaid is
    a caveat, and with `strict` a refusal. The basis is one table with all compared models, else one document, one
    measurer, a pool; within a kind, better evidence first (`prefer` names what comes first), then newer. A basis of
    mere quotations stands behind every measurement. `sources` keeps only these documents. An approximate score may be
    off by `slack` points either way. A lead is a win where the interval of the difference, at this level of
    `confidence`, leaves out zero.

    Raises `SelectionError` for a preference, slack or confidence that is none, `UnknownError` for a source.

    >>> duel = catalog.compare("aster-2", "borealis-1")
    >>> [(v.benchmark, v.outcome, v.leaders) for v in winners(duel, sources=["aster-card"])]
    [('exam', 'lead', ('borealis-1',)), ('quiz', 'lead', ('borealis-1',))]
    """
    catalog = comparison.catalog
    preferred = (prefer,) if isinstance(prefer, str) else tuple(prefer)
    for kind in preferred:
        if kind not in ORDER:
            raise SelectionError(f"no evidence {kind!r} to prefer; it is one of {one_of(ORDER)}")
    if len(set(preferred)) < len(preferred):
        raise SelectionError("an evidence is preferred twice; name each once")
    if not slack >= 0 or not isfinite(slack):
        raise SelectionError(f"slack is a number of points from 0 on, not {slack}")
    try:
        z = quantile(confidence)
    except ValueError as error:
        raise SelectionError(str(error)) from error
    order = (*preferred, *(kind for kind in ORDER if kind not in preferred))
    only = None
    if sources is not None:
        only = tuple(catalog.find("sources", name) for name in ([sources] if isinstance(sources, str) else sources))
        if not only:
            raise SelectionError("no sources given; leave `sources` out for all of them")
    rules = _Rules(strict, order, only, slack, z)
    verdicts: list[Verdict] = []
    for benchmark, fixed in comparison.benchmarks.items():
        verdicts += _decide_benchmark(comparison, benchmark, fixed, rules)
    settings = {
        "strict": strict,
        "prefer": list(order),
        "sources": None if only is None else list(only),
        "slack": slack,
        "confidence": confidence,
    }
    return Verdicts(comparison, tuple(verdicts), settings)


def _decide_benchmark(comparison: Comparison, key: str, fixed: Mapping[str, str], rules: _Rules) -> Iterator[Verdict]:
    catalog, benchmark = comparison.catalog, comparison.catalog.benchmarks[key]
    scores: list[Score] = []
    refused: list[Score] = []
    for contestant in comparison.contestants:
        for result in _results(catalog, contestant, key, fixed, rules):
            score = score_of(catalog, contestant, result, rules.slack)
            unsaid = rules.strict and None in signature(benchmark, result)
            (refused if unsaid else scores).append(score)
    homes = groups(signature(benchmark, score.result) for score in scores)
    members: dict[Signature, list[Score]] = defaultdict(list)
    for score in scores:
        members[homes[signature(benchmark, score.result)]].append(score)
    for group in sorted(members, key=lambda each: tuple(value or "" for value in each)):
        apart = (
            len(members) > 1 and None in group and any(_compatible(group, other) for other in members if other != group)
        )
        yield _verdict(comparison, benchmark, key, group, members[group], refused, rules, apart)
    if refused and not members:
        yield _refusal(key, benchmark, refused)


def _results(
    catalog: Catalog, contestant: Contestant, benchmark: str, fixed: Mapping[str, str], rules: _Rules
) -> Iterator[Result]:
    for result in catalog.results_of(contestant.model, benchmark):
        if rules.sources is not None and result.source not in rules.sources:
            continue
        if contestant.accepts(result) and all(
            result.settings.get(name) in (None, value) for name, value in fixed.items()
        ):
            yield result


def _compatible(one: Signature, other: Signature) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _verdict(
    comparison: Comparison,
    benchmark: Benchmark,
    key: str,
    group: Signature,
    scores: list[Score],
    refused: list[Score],
    rules: _Rules,
    apart: bool,
) -> Verdict:
    basis, chosen, remarks = _best_basis(comparison, benchmark, scores, rules)
    decision = decide(chosen, benchmark, rules.z)
    facets = {name: value for name, value in zip(benchmark.must_agree, _said(benchmark, chosen), strict=True) if value}
    caveats = [*_caveats(benchmark, chosen, basis, decision, rules), *remarks]
    if apart:
        names = [name for name, value in zip(benchmark.must_agree, group, strict=True) if value is None]
        caveats.append(f"{_list(names)} unsaid: these scores could belong to several settings, so they stand apart")
    if refused:
        caveats.append(_refused(benchmark, refused))
    ranked = sorted(chosen, key=lambda score: (_order_key(score.interval, benchmark), score.model))
    return Verdict(
        key, facets, decision.outcome, decision.leaders, decision.runner_up, decision.margin, decision.noise, basis,
        tuple(ranked), _standings(comparison, benchmark, scores, rules), tuple(dict.fromkeys(caveats)),
    )  # fmt: skip


def _said(benchmark: Benchmark, scores: Sequence[Score]) -> Signature:
    """Return what the scores of a group say of each facet; they agree wherever they say something."""
    signatures = [signature(benchmark, score.result) for score in scores]
    return tuple(
        next((value for value in values if value is not None), None) for values in zip(*signatures, strict=True)
    )


def _refusal(key: str, benchmark: Benchmark, refused: list[Score]) -> Verdict:
    basis = Basis("pooled", tuple(sorted({score.result.source for score in refused})))
    return Verdict(key, {}, "undecided", (), None, None, None, basis, (), (), (_refused(benchmark, refused),))


def _refused(benchmark: Benchmark, refused: list[Score]) -> str:
    names = sorted({
        name for score in refused
        for name, value in zip(benchmark.must_agree, signature(benchmark, score.result), strict=True) if value is None
    })  # fmt: skip
    who = sorted({f"{score.result.source} for {score.model}" for score in refused})
    return f"refused under strict, because {_list(names)} is unsaid: {'; '.join(who)}"


# Basis


def _best_basis(
    comparison: Comparison, benchmark: Benchmark, scores: list[Score], rules: _Rules
) -> tuple[Basis, list[Score], list[str]]:
    """Return the basis that counts, the score of each model on it, and what to say of the choices made."""
    compared = {score.model for score in scores}
    keys: dict[BasisKind, Callable[[Score], object]] = {
        "one table": lambda score: (score.result.source, score.result.table) if score.result.table else None,
        "one document": lambda score: score.result.source,
        "one measurer": lambda score: comparison.catalog.measurer(score.result),
        "pooled": lambda _: "everything",
    }
    candidates = []
    for level, kind in enumerate(_LEVELS):
        parts: dict[object, list[Score]] = defaultdict(list)
        for score in scores:
            if (part := keys[kind](score)) is not None:
                parts[part].append(score)
        for part in parts.values():
            if {score.model for score in part} != compared:
                continue
            chosen, remarks = _one_each(comparison, benchmark, part, rules)
            candidates.append((_rank(comparison.catalog, benchmark, chosen, level, rules), kind, chosen, remarks))
    _, kind, chosen, remarks = min(candidates, key=lambda candidate: candidate[0])
    return Basis(kind, tuple(sorted({score.result.source for score in chosen}))), chosen, remarks


def _rank(catalog: Catalog, benchmark: Benchmark, chosen: list[Score], level: int, rules: _Rules) -> tuple[object, ...]:
    ranks = sorted((rules.rank(score.evidence) for score in chosen), reverse=True)
    quoted = rules.prefer[-1] == "secondary" and any(score.evidence == "secondary" for score in chosen)
    unsaid = sum(signature(benchmark, score.result).count(None) for score in chosen)
    newest = max(_day(catalog, score).toordinal() for score in chosen)
    return (
        quoted,
        level,
        ranks,
        unsaid,
        -newest,
        sorted((s.result.source, s.result.table or "") for s in chosen),
    )


def _day(catalog: Catalog, score: Score) -> date:
    """Return the day from which a score counts as known: that of the measurement, else of the document."""
    known = score.result.date or catalog.sources[score.result.source].published
    return known.latest if known else date.min


def _one_each(
    comparison: Comparison, benchmark: Benchmark, scores: list[Score], rules: _Rules
) -> tuple[list[Score], list[str]]:
    """Return one score a model: from the best document that has it, in one configuration."""
    catalog, chosen, remarks = comparison.catalog, [], []
    held = by_contestant(scores)
    for contestant in comparison.contestants:
        if not (mine := held.get(contestant.label)):
            continue
        best = min(
            mine,
            key=lambda s: (
                rules.rank(s.evidence),
                signature(benchmark, s.result).count(None),
                -_day(catalog, s).toordinal(),
                s.result.source,
            ),
        )
        same = [
            score for score in mine
            if score.result.source == best.result.source
            and signature(benchmark, score.result).count(None) == signature(benchmark, best.result).count(None)
        ]  # fmt: skip
        score, remark = configuration(catalog, contestant, same, benchmark)
        chosen.append(score)
        if remark:
            remarks.append(remark)
    return chosen, remarks


def _standings(
    comparison: Comparison, benchmark: Benchmark, scores: list[Score], rules: _Rules
) -> tuple[Standing, ...]:
    by_document: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_document[score.result.source].append(score)
    found = []
    for source, held in by_document.items():
        chosen, _ = _one_each(comparison, benchmark, held, rules)
        decision = decide(chosen, benchmark, rules.z)
        evidence = tuple(sorted({score.evidence for score in chosen}, key=rules.rank))
        models = tuple(sorted(score.model for score in chosen))
        found.append(Standing(source, evidence, models, decision.outcome, decision.leaders))
    return tuple(sorted(found, key=lambda s: ([rules.rank(e) for e in s.evidence], s.source)))


# Decision


def decide(scores: Sequence[Score], benchmark: Benchmark, z: float) -> Decision:
    """Decide between comparable scores, by their intervals and their noise.

    The leader is the model whose every possible score is above every possible score of each other. It wins where that
    is still so, at the worst ends of the intervals, by more than the noise of the difference (`noise_of_lead`).
    `analysis.vectorized.decide_groups` does the same for millions of rows.
    """
    if len(scores) == 1:
        return Decision("uncontested", (scores[0].model,), None, None, None)
    mirror = benchmark.better == "lower"
    intervals = [score.interval.mirrored() if mirror else score.interval for score in scores]
    top = max(
        range(len(scores)),
        key=lambda place: (intervals[place].low, intervals[place].low_open, intervals[place].high),
    )
    contenders = [
        place for place, interval in enumerate(intervals) if place == top or not interval.below(intervals[top])
    ]
    if len(contenders) > 1:
        names = tuple(sorted(scores[place].model for place in contenders))
        if all(intervals[place].is_point for place in contenders):
            return Decision("tie", names, None, Interval(0.0, 0.0), None)
        return Decision("undecided", (), None, None, None)
    others = [place for place in range(len(scores)) if place != top]
    second = max(others, key=lambda place: (intervals[place].high, intervals[place].low, scores[place].model))
    needs = {place: _needed(scores, intervals, benchmark, top, place, z, mirror=mirror) for place in others}
    beyond = all(
        need is not None and intervals[top].low - intervals[place].high > need for place, need in needs.items()
    )
    margin = Interval(
        _clean(intervals[top].low - intervals[second].high), _clean(intervals[top].high - intervals[second].low),
        intervals[top].low_open or intervals[second].high_open, intervals[top].high_open or intervals[second].low_open,
    )  # fmt: skip
    noise = needs[second]
    return Decision(
        "win" if beyond else "lead", (scores[top].model,), scores[second].model, margin,
        None if noise is None else _clean(noise),
    )  # fmt: skip


def _needed(
    scores: Sequence[Score],
    intervals: list[Interval],
    benchmark: Benchmark,
    top: int,
    place: int,
    z: float,
    *,
    mirror: bool,
) -> float | None:
    """Return how large the lead over one other model must be, or `None` where its noise is unknown."""
    sign = -1.0 if mirror else 1.0
    leader = arms_at(scores[top], benchmark, sign * intervals[top].low, z)
    other = arms_at(scores[place], benchmark, sign * intervals[place].high, z)
    if leader is None or other is None:
        return None
    return noise_of_lead(leader.mirrored() if mirror else leader, other.mirrored() if mirror else other)


def _clean(value: float) -> float:
    """Return a difference without the dust of binary fractions."""
    return round(value, 10) + 0.0


def _order_key(interval: Interval, benchmark: Benchmark) -> tuple[float, float]:
    seen = interval if benchmark.better == "higher" else interval.mirrored()
    return (-seen.low, -seen.high)


# Caveats


def _caveats(
    benchmark: Benchmark,
    scores: list[Score],
    basis: Basis,
    decision: Decision,
    rules: _Rules,
) -> Iterator[str]:
    if len(scores) > 1 and basis.kind == "pooled":
        yield f"scores pooled from {len(basis.sources)} documents: settings may differ where they say nothing"
    if all(score.evidence == "secondary" for score in scores):
        yield "quoted only: these figures repeat what others measured"
    for place, name in enumerate(benchmark.must_agree):
        silent = [score for score in scores if signature(benchmark, score.result)[place] is None]
        if silent and len(scores) > 1:
            documents, models = {score.result.source for score in silent}, {score.model for score in silent}
            yield f"{name} unsaid by {_list(sorted(documents))} for {_list(sorted(models))}"
    for name in ("harness", "metric", "version", "judge", "shots", "context_length"):
        said = {score.result.settings.get(name) for score in scores} - {None}
        if name not in benchmark.must_agree and len(said) > 1:
            each = "; ".join(f"{s.model}: {s.result.settings.get(name)}" for s in scores if s.result.settings.get(name))
            yield f"{name} differs ({each})"
    inferred = {name: score for score in scores for name in score.result.settings.inferred}
    for name in sorted(inferred):
        who = sorted(score.model for score in scores if name in score.result.settings.inferred)
        yield f"{name} inferred, not stated, for {_list(who)}"
    unsaid = sorted(score.model for score in scores if score.result.measured_by == UNSAID_MEASURER)
    if unsaid:
        yield f"{_list(list(basis.sources))} does not say, cell by cell, whether it measured or repeats {_list(unsaid)}"
    for score in scores:
        if score.result.score.is_bound:
            yield f"{score.model}: only a bound is given ({score.text}), so the margin is unknown"
        elif score.result.score.is_approximate:
            yield f"{score.model}: about {score.text.lstrip('~')}, taken as {rules.slack:g} points either way"
        if score.result.confidence == "low":
            yield f"{score.model}: reading doubtful ({score.result.source})"
        if score.result.derived:
            yield f"{score.model}: {score.result.derived}"
    if decision.outcome == "lead" and decision.noise is None:
        yield "noise unknown: no standard error and no number of items"
    for score in scores:
        facet = items_assumed(benchmark, score.result.settings)
        if facet is not None and score.items is not None and len(scores) > 1:
            yield f"{facet} unsaid: noise taken for the fewest items it may have, {score.items:.0f}"


def _list(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
