"""Who is ahead on each benchmark, on which basis, by how much, and according to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from stackcompare.analysis.alike import Rules, alike, in_order, rules_of, scores_on
from stackcompare.analysis.basis import Basis, Chooser
from stackcompare.analysis.caveats import apart, beyond_context, capped, caveats, listed, refused
from stackcompare.analysis.decision import Outcome, decide
from stackcompare.analysis.scores import Score
from stackcompare.catalog.evidence import Evidence
from stackcompare.catalog.facets import Signature, compatible, joined
from stackcompare.records import Benchmark, Interval
from stackcompare.shown import Charted, Entry, Listing, Rows, pairs, rows_of

if TYPE_CHECKING:
    from stackcompare.analysis.comparison import Comparison


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


@dataclass(frozen=True)
class Verdict(Entry):
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
    """How large the margin must be to lie beyond noise; `None` where that is unknown. A `lead` with a larger margin is
    explained in the caveats: another model is too close, or documents leave unsaid what must agree."""
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
        """Whether some document alone puts another model ahead of a leader that it has a score for."""
        return any(
            standing.leaders and not set(self.leaders).intersection(standing.models) <= set(standing.leaders)
            for standing in self.by_source
        )

    def __str__(self) -> str:
        """Return the verdict in a line."""
        facets = f" ({pairs(self.facets)})" if self.facets else ""
        said = f"{self.benchmark}{facets}: {self.outcome}"
        if self.leaders:
            said += f" for {listed(self.leaders)}"
        if self.margin is not None and isfinite(self.margin.high):
            noise = "noise unknown" if self.noise is None else f"noise {self.noise:.2f}"
            said += f", by {self.margin.low:g} ({noise})"
        return f"{said}; {self.basis.kind}"

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield one row a score; one without a score where none counts."""
        for score in self.scores or (None,):
            result = score and score.result
            yield {
                "benchmark": self.benchmark, "facets": pairs(self.facets), "outcome": self.outcome,
                "leaders": ", ".join(self.leaders) or None, "margin_low": self.margin and self.margin.low,
                "margin_high": self.margin and self.margin.high, "noise": self.noise, "basis": self.basis.kind,
                "model": score and score.model, "leads": score and score.model in self.leaders,
                "score": score and score.text, "low": score and score.interval.low,
                "high": score and score.interval.high, "evidence": score and score.evidence,
                "source": result and result.source, "table": result and result.table,
                "locator": result and result.locator, "settings": result and pairs(result.settings.items()),
                "caveats": "; ".join(self.caveats) or None,
            }  # fmt: skip


class Verdicts(Charted, Listing[Verdict]):
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

    def rows(self) -> Rows:
        """Return one row a score: verdict and score side by side, provenance as columns."""
        columns = [
            "benchmark", "facets", "outcome", "leaders", "margin_low", "margin_high", "noise", "basis", "model",
            "leads", "score", "low", "high", "evidence", "source", "table", "locator", "settings", "unit", "caveats",
        ]  # fmt: skip
        known = self.comparison.catalog.benchmarks
        return rows_of(
            columns, ({**line, "unit": known[each.benchmark].unit} for each in self for line in each.lines())
        )


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

    Scores are compared only where the facets that the benchmark declares agree, and base checkpoints only with each
    other (facet `stage`). A facet that a source leaves unsaid is
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
    rules = rules_of(catalog, strict=strict, prefer=prefer, sources=sources, slack=slack, confidence=confidence)
    held = scores_on(catalog, comparison.contestants, comparison.benchmarks, rules)
    verdicts: list[Verdict] = []
    for key, fixed in comparison.benchmarks.items():
        chooser = Chooser(catalog, catalog.benchmarks[key], comparison.contestants, rules.prefer)
        verdicts += _decide_alike(chooser, key, held[key, False], fixed, rules)
        for verdict in _decide_alike(chooser, key, held[key, True], fixed, rules):
            verdicts.append(replace(verdict, facets={"stage": "base", **verdict.facets}))
    settings = {
        "strict": strict,
        "prefer": list(rules.prefer),
        "sources": None if rules.sources is None else list(rules.sources),
        "slack": slack,
        "confidence": confidence,
    }
    return Verdicts(comparison, tuple(verdicts), settings)


def _decide_alike(
    chooser: Chooser, key: str, given: list[Score], fixed: Mapping[str, str], rules: Rules
) -> Iterator[Verdict]:
    """Yield a verdict for each group of scores whose facets agree; `fixed` keeps the groups of a variant."""
    benchmark = chooser.benchmark
    members, turned_down = alike(given, rules)
    for group in sorted(members, key=in_order):
        said = dict(zip(benchmark.must_agree, group, strict=True))
        if all(said.get(name) in (None, value) for name, value in fixed.items()):
            remarks = [apart(names)] if (names := _undecided(benchmark, group, members)) else []
            kept_out = [s for s in turned_down if compatible(s.facets, group)]
            remarks += [refused(benchmark, kept_out)] if kept_out else []
            yield _verdict(chooser, key, members[group], remarks, rules)
    if turned_down and not members:
        basis = Basis("pooled", tuple(sorted({score.result.source for score in turned_down})))
        yield Verdict(key, {}, "undecided", (), None, None, None, basis, (), (), (refused(benchmark, turned_down),))


def _undecided(benchmark: Benchmark, group: Signature, others: Iterable[Signature]) -> list[str]:
    """Return what a group leaves unsaid and another says, that it could belong to: it stands apart from that one."""
    near = [other for other in others if compatible(group, other)]
    return [
        name
        for place, name in enumerate(benchmark.must_agree)
        if group[place] is None and any(other[place] is not None for other in near)
    ]


def _verdict(chooser: Chooser, key: str, scores: list[Score], remarks: list[str], rules: Rules) -> Verdict:
    benchmark = chooser.benchmark
    basis, choice = chooser.best(scores)
    chosen = sorted(choice.scores, key=lambda score: score.model)
    decision = decide(chosen, benchmark, rules.z)
    cap = capped(benchmark, chosen) if decision.outcome == "win" else None
    said = joined([score.facets for score in chosen])
    words = [
        *caveats(benchmark, chosen, basis, decision, rules.slack), *beyond_context(chooser.catalog, chosen),
        *([cap] if cap else []), *choice.remarks, *remarks,
    ]  # fmt: skip
    return Verdict(
        benchmark=key,
        facets={name: value for name, value in zip(benchmark.must_agree, said, strict=True) if value is not None},
        outcome="lead" if cap else decision.outcome,
        leaders=decision.leaders,
        runner_up=decision.runner_up,
        margin=decision.margin,
        noise=decision.noise,
        basis=basis,
        scores=tuple(sorted(chosen, key=lambda score: (_place(score, benchmark), score.model))),
        by_source=_standings(chooser, scores, rules),
        caveats=tuple(dict.fromkeys(words)),
    )


def _standings(chooser: Chooser, scores: list[Score], rules: Rules) -> tuple[Standing, ...]:
    by_document: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_document[score.result.source].append(score)
    found = []
    for source, held in by_document.items():
        chosen = chooser.alone(held).scores
        decision = decide(chosen, chooser.benchmark, rules.z)
        evidence = tuple(sorted({score.evidence for score in chosen}, key=rules.prefer.index))
        models = tuple(sorted(score.model for score in chosen))
        found.append(Standing(source, evidence, models, decision.outcome, decision.leaders))
    return tuple(sorted(found, key=lambda s: ([rules.prefer.index(kind) for kind in s.evidence], s.source)))


def _place(score: Score, benchmark: Benchmark) -> tuple[float, float]:
    seen = score.interval if benchmark.better == "higher" else score.interval.mirrored()
    return (-seen.low, -seen.high)
