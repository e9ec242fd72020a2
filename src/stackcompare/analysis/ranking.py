"""One benchmark, all models: one score each, with its noise, its evidence, its date and its weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from stackcompare.analysis.alike import Rules, alike, in_order, rules_of, scores_on
from stackcompare.analysis.basis import Basis, Chooser
from stackcompare.analysis.caveats import listed
from stackcompare.analysis.contestants import Contestant, contestant, contestants
from stackcompare.analysis.scores import Score, arms_at
from stackcompare.analysis.weights import Weights, weights_of
from stackcompare.catalog.evidence import Evidence
from stackcompare.catalog.facets import Signature, joined, signature
from stackcompare.catalog.names import as_names
from stackcompare.errors import SelectionError, did_you_mean, one_of
from stackcompare.records import Benchmark, Interval, PartialDate
from stackcompare.records.result import unit_factor
from stackcompare.shown import Charted, Entry, Listing, Rows, pairs, rows_of, text

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog


@dataclass(frozen=True)
class Ranked(Entry):
    """One model's place on a benchmark."""

    model: str
    """Label of the model: its id, with its configuration where one was asked for."""
    score: Score
    """The score, with its citation."""
    stated: float
    """The number in the score, in the benchmark's unit: for a bound, its end."""
    assured: bool
    """Whether the score is at least as good as that: not where a bound only says how good it is at most."""
    noisy: Interval | None
    """Where the score may lie with the noise of the test, within what the benchmark allows; `None` where that is
    unknown."""
    bounds: Interval
    """What the benchmark allows."""
    released: PartialDate | None
    """When the model was first available, as far as known."""
    weights: Weights
    """Whether its weights can be had, and what tells."""
    note: str | None
    """What to say of the choice among its configurations."""

    @property
    def span(self) -> Interval:
        """Where the score may lie: with the noise where that is known, else as reported."""
        return self.noisy or within(self.score.interval, self.bounds)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield one row."""
        result = self.score.result
        yield {
            "model": self.model, "score": self.score.text, "low": self.score.interval.low,
            "high": self.score.interval.high, "noise_low": self.noisy and self.noisy.low,
            "noise_high": self.noisy and self.noisy.high, "evidence": self.score.evidence,
            "released": text(self.released), "weights": self.weights.access, "source": result.source,
            "table": result.table, "locator": result.locator, "settings": pairs(result.settings.items()),
            "note": self.note,
        }  # fmt: skip


class Group(NamedTuple):
    """A setting of a benchmark in which models were measured."""

    facets: Mapping[str, str]
    """The facets that must agree, as far as they are said."""
    models: int
    """Models with a score in it."""


class Ranking(Charted, Listing[Ranked]):
    """The models measured on one setting of one benchmark, the best first.

    Documents are pooled wherever no single one has every model, so a ranking is an overview and decides nothing:
    `compare` does that, like with like.
    """

    def __init__(
        self, catalog: Catalog, benchmark: Benchmark, chosen: tuple[Ranked, ...], facets: Mapping[str, str],
        *, key: str, basis: Basis, others: tuple[Group, ...], base: bool, apart: int, settings: Mapping[str, object],
    ) -> None:  # fmt: skip
        super().__init__(chosen)
        self.catalog = catalog
        self.benchmark = benchmark
        self.key = key
        """Id of the benchmark."""
        self.facets = facets
        """The setting: the facets that must agree, as far as they are said."""
        self.basis = basis
        """What the scores have in common, and their documents."""
        self.others = others
        """The other settings that models were measured in, those with most models first."""
        self.base = base
        """Whether these are base checkpoints."""
        self.apart = apart
        """Models of the other stage (base checkpoints, or post-trained) that have a score and stand apart."""
        self.settings = settings
        """The rules it was reached with: confidence, slack, preference, sources."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know, in plain words."""
        return tuple(_remarks(self))

    def rows(self) -> Rows:
        """Return one row a model: score, its intervals, and its provenance."""
        columns = [
            "model", "benchmark", "facets", "score", "low", "high", "noise_low", "noise_high", "unit", "evidence",
            "released", "weights", "source", "table", "locator", "settings", "note",
        ]  # fmt: skip
        known = {"benchmark": self.key, "facets": pairs(self.facets), "unit": self.benchmark.unit}
        return rows_of(columns, ({**line, **known} for each in self for line in each.lines()))


def ranking(
    catalog: Catalog,
    benchmark: str,
    *,
    models: Iterable[str] | None = None,
    base: bool | None = None,
    prefer: Iterable[Evidence] = (),
    sources: Iterable[str] | None = None,
    slack: float = 0.5,
    confidence: float = 0.95,
    **settings: str,
) -> Ranking:
    """Return one score for each model on one setting of a benchmark, the best first, mere upper bounds last.

    A setting is what the facets that must agree say. Where there are several and neither a variant's name nor
    `settings` (`tools="none"`) says which, the one with most models is taken; `others` names the rest. Base checkpoints
    stand apart: they are ranked where `base` asks for them, or where there is nothing else. The score of a model is
    chosen as for a verdict: one table, document or measurer with all of them, else a pool; `prefer`, `sources`,
    `slack` and `confidence` are those of `winners`.

    Raises `SelectionError` for a setting that does not split the benchmark or that nobody was measured in,
    `UnknownError` or `AmbiguousError` for names.

    >>> found = ranking(catalog, "quiz-hard", tools="none")
    >>> [(each.model, each.score.text) for each in found], found.basis.kind
    ([('borealis-1', '86.60'), ('aster-2', '79.20')], 'one table')
    """
    if base not in (None, True, False):
        raise SelectionError(f"base is True, False or left out, not {base!r}")
    key = catalog.find("benchmarks", benchmark)
    record = catalog.benchmarks[key]
    variant = record.variants.get(benchmark)
    fixed = ({} if variant is None else variant.items()) | _asked(record, key, settings)
    rules = rules_of(catalog, prefer=prefer, sources=sources, slack=slack, confidence=confidence)
    named = [contestant(catalog, each) for each in catalog.models] if models is None else list(_named(catalog, models))
    stages = {
        stage: [
            each for each in named if catalog.models[each.model].base is stage and catalog.results_of(each.model, key)
        ]
        for stage in (False, True)
    }
    stage = (not stages[False] and bool(stages[True])) if base is None else base
    apart = len(stages[not stage])
    words = {"prefer": list(rules.prefer), "sources": list(rules.sources) if rules.sources else None}
    found = _Groups(catalog, record, key, stages[stage], rules, fixed)
    chosen, facets, basis = found.chosen()
    return Ranking(
        catalog, record, chosen, facets, key=key, basis=basis, others=found.others(), base=stage, apart=apart,
        settings=words | {"slack": slack, "confidence": confidence},
    )  # fmt: skip


def _named(catalog: Catalog, models: Iterable[str]) -> tuple[Contestant, ...]:
    return contestants(catalog, as_names(models), least=1)


def _asked(record: Benchmark, key: str, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that choose a group; raise `SelectionError` for one that does not split the benchmark."""
    for name in settings:
        if name not in record.must_agree:
            known = one_of(record.must_agree) if record.must_agree else "nothing"
            hint = did_you_mean(name, record.must_agree) or f"; its scores are split by {known}"
            raise SelectionError(f"{name!r} is no setting that must agree on {key!r}{hint}")
    return {name: str(value) if value else "none" for name, value in settings.items()}


class _Groups:
    """The settings of a benchmark that contestants were measured in, and the one that is asked for."""

    def __init__(
        self, catalog: Catalog, benchmark: Benchmark, key: str, named: list[Contestant], rules: Rules,
        fixed: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.catalog, self.benchmark, self.named, self.rules = catalog, benchmark, named, rules
        scores = scores_on(catalog, named, {key}, rules)
        self.members = alike(chain.from_iterable(scores.values()), rules).members
        self.sizes = {group: len({score.model for score in held}) for group, held in self.members.items()}
        order = sorted(self.sizes, key=lambda group: (-self.sizes[group], in_order(group)))
        fitting = [group for group in order if self._fits(group, fixed)]
        if self.members and not fitting:
            there = one_of([pairs(self._said(group)) or "no setting said" for group in order], 5)
            raise SelectionError(f"nobody was measured on {key!r} with {pairs(fixed)}; there is {there}")
        self.order = order
        self.group: Signature | None = fitting[0] if fitting else None

    def _fits(self, group: Signature, fixed: Mapping[str, str]) -> bool:
        said = self._said(group)
        return all(said.get(name, "").casefold() == value.casefold() for name, value in fixed.items())

    def _said(self, group: Signature) -> dict[str, str]:
        named = zip(self.benchmark.must_agree, group, strict=True)
        return {name: value for name, value in named if value is not None}

    def others(self) -> tuple[Group, ...]:
        """Return the settings that were not chosen."""
        return tuple(Group(self._said(group), self.sizes[group]) for group in self.order if group != self.group)

    def chosen(self) -> tuple[tuple[Ranked, ...], Mapping[str, str], Basis]:
        """Return the models of the chosen setting, the best first, what is said of it, and on what basis."""
        if self.group is None:
            return (), {}, Basis("pooled", ())
        chooser = Chooser(self.catalog, self.benchmark, self.named, self.rules.prefer)
        basis, choice = chooser.best(self.members[self.group])
        ranked = [self._ranked(score, _note(score.model, choice.remarks)) for score in choice.scores]
        said = joined([signature(self.benchmark, score.result) for score in choice.scores])
        return tuple(sorted(ranked, key=self._place)), self._said(said), basis

    def _ranked(self, score: Score, note: str | None) -> Ranked:
        model = score.result.model
        released = self.catalog.models[model].released
        stated = round(score.result.score.value * unit_factor(score.result, self.benchmark), 10)
        return Ranked(
            score.model, score, stated, self._seen(score).low > -inf,
            noisy(score, self.benchmark, self.rules.z), self.benchmark.bounds,
            None if released is None else released.value, weights_of(self.catalog, model), note,
        )  # fmt: skip

    def _seen(self, score: Score) -> Interval:
        """Return the interval of a score so that more is better."""
        return score.interval if self.benchmark.better == "higher" else score.interval.mirrored()

    def _place(self, each: Ranked) -> tuple[bool, float, float, str]:
        number = each.stated if self.benchmark.better == "higher" else -each.stated
        return (not each.assured, -number, -self._seen(each.score).high, each.model)


def _note(label: str, remarks: Iterable[str]) -> str | None:
    """Return what a choice says of one model."""
    about = f"{label}: "
    return next((remark.removeprefix(about) for remark in remarks if remark.startswith(about)), None)


def within(interval: Interval, bounds: Interval) -> Interval:
    """Return an interval without what the benchmark does not allow."""
    return Interval(
        max(interval.low, bounds.low), min(interval.high, bounds.high),
        interval.low_open and interval.low > bounds.low, interval.high_open and interval.high < bounds.high,
    )  # fmt: skip


def noisy(score: Score, benchmark: Benchmark, z: float) -> Interval | None:
    """Return where a score may lie with the noise of the test, or `None` where that is unknown.

    The noise is added at each end that the source gives; the open end of a bound reaches as far as the benchmark
    allows.
    """
    interval, bounds = score.interval, benchmark.bounds
    low = arms_at(score, benchmark, interval.low, z) if interval.low > -inf else None
    high = arms_at(score, benchmark, interval.high, z) if interval.high < inf else None
    if low is None and high is None:
        return None
    return within(
        Interval(interval.low - (low.down if low else 0.0), interval.high + (high.up if high else 0.0)), bounds
    )


def _remarks(ranking: Ranking) -> Iterator[str]:
    documents = len(ranking.basis.sources)
    if ranking.basis.kind == "pooled" and documents > 1:
        yield (
            f"pooled from {documents} documents: settings may differ where they say nothing, so this is an overview, "
            f"not a verdict"
        )
    elif ranking:
        yield f"all scores from {ranking.basis.kind} ({listed(ranking.basis.sources)})"
    unsaid = Counter(
        name
        for each in ranking
        for name, value in zip(
            ranking.benchmark.must_agree, signature(ranking.benchmark, each.score.result), strict=True
        )
        if value is None
    )
    for name, count in unsaid.items():
        yield f"{name} unsaid by the documents of {count} of {len(ranking)} models"
    quoted = sum(each.score.evidence == "secondary" for each in ranking)
    if quoted:
        yield f"{quoted} of {len(ranking)} scores are quoted, not measured, by their documents"
    unknown = sum(each.noisy is None for each in ranking)
    if unknown:
        yield f"the noise of {unknown} of {len(ranking)} scores is unknown: no standard error and no number of items"
    if ranking.apart:
        stage = "post-trained models" if ranking.base else "base checkpoints"
        yield f"{ranking.apart} {stage} have a score too and stand apart"
    if ranking.others:
        most = [f"{pairs(group.facets) or 'nothing said'}: {group.models}" for group in ranking.others[:4]]
        more = f" and {len(ranking.others) - 4} more" if len(ranking.others) > 4 else ""
        yield f"other settings, with their number of models: {'; '.join(most)}{more}"
