"""What a reader of a verdict must know, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from stackcompare.analysis.basis import Basis
from stackcompare.analysis.decision import Decision
from stackcompare.analysis.scores import Score
from stackcompare.records import Benchmark
from stackcompare.records.result import UNSAID_MEASURER
from stackcompare.records.settings import FIELDS

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog


def caveats(
    benchmark: Benchmark, scores: Sequence[Score], basis: Basis, decision: Decision, slack: float
) -> Iterator[str]:
    """Yield every assumption and weakness behind a verdict; scores come in order of their models' labels."""
    yield from _about_basis(scores, basis)
    if len(scores) > 1:
        yield from _about_facets(benchmark, scores)
        yield from _about_settings(benchmark, scores)
    yield from _about_each(scores, slack)
    yield from _about_margin(decision)
    for score in scores:
        if len(scores) > 1 and score.items is not None:
            for facet in score.items.assumed:
                yield f"{facet} unsaid: noise taken for the fewest items it may have, {score.items.number:.0f}"


def listed(names: Sequence[str]) -> str:
    """Return names as an enumeration in prose.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def apart(names: Sequence[str]) -> str:
    """Return why the scores of a group stand apart although their source leaves something unsaid."""
    return f"{listed(names)} unsaid: these scores could belong to several settings, so they stand apart"


def refused(benchmark: Benchmark, scores: Sequence[Score]) -> str:
    """Return which scores were refused under `strict`, and what their sources leave unsaid."""
    names = sorted({name for score in scores for name in _unsaid(benchmark, score)})
    who = sorted({f"{score.result.source} for {score.model}" for score in scores})
    return f"refused under strict, because {listed(names)} is unsaid: {'; '.join(who)}"


def capped(benchmark: Benchmark, scores: Sequence[Score]) -> str | None:
    """Return why a margin beyond noise is no win: documents that leave unsaid what must agree, or `None`."""
    names = sorted({name for score in scores for name in _unsaid(benchmark, score)})
    if not names or len({score.result.source for score in scores}) < 2:
        return None
    return f"a lead, whatever the margin: several documents, and {listed(names)} not said by all of them"


def _unsaid(benchmark: Benchmark, score: Score) -> list[str]:
    return [name for name, value in zip(benchmark.must_agree, score.facets, strict=True) if value is None]


def _about_basis(scores: Sequence[Score], basis: Basis) -> Iterator[str]:
    if len(basis.sources) > 1:
        yield f"scores from {len(basis.sources)} documents: settings may differ where they say nothing"
    quoted = sorted(score.model for score in scores if score.evidence == "secondary")
    if len(quoted) == len(scores):
        yield "quoted only: these figures repeat what others measured"
    elif quoted:
        yield f"quoted, not measured, by its document: the score of {listed(quoted)}"
    days = [known for score in scores if (known := score.result.date) is not None]
    if days and (max(day.earliest for day in days) - min(day.latest for day in days)).days > 365:
        yield f"measured more than a year apart ({min(days)} to {max(days)})"
    for source in sorted({score.result.source for score in scores if score.result.measured_by == UNSAID_MEASURER}):
        yield f"{source} does not say, cell by cell, whether it measured or repeats its rivals' scores"


def _about_facets(benchmark: Benchmark, scores: Sequence[Score]) -> Iterator[str]:
    for source in sorted({score.result.source for score in scores}):
        own = [score for score in scores if score.result.source == source]
        silent = {score.model: _unsaid(benchmark, score) for score in own}
        for who, names in _by_models(silent):
            yield f"{listed(names)} unsaid by {source}" + _only(who, own)
    inferred = {score.model: sorted(score.result.settings.inferred) for score in scores}
    for who, names in _by_models(inferred):
        yield f"{listed(names)} inferred, not stated" + _only(who, scores)


def _by_models(names: Mapping[str, Iterable[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the models that share names, and these: each name once, with all its models."""
    holders: dict[str, list[str]] = {}
    for model, own in sorted(names.items()):
        for name in own:
            holders.setdefault(name, []).append(model)
    for who in dict.fromkeys(map(tuple, holders.values())):
        yield list(who), [name for name, models in holders.items() if tuple(models) == who]


def _only(some: Sequence[str], among: Sequence[Score]) -> str:
    """Return `" for a and b"` where only some models are meant, else nothing."""
    return "" if len(some) == len(among) else f" for {listed(some)}"


def _about_settings(benchmark: Benchmark, scores: Sequence[Score]) -> Iterator[str]:
    """Yield how the scores differ in what need not agree; across documents, also what only some of them say."""
    across = len({score.result.source for score in scores}) > 1
    names = [*FIELDS, *sorted(benchmark.facets)]
    for name in (name for name in names if name not in benchmark.must_agree):
        said = {score.model: value for score in scores if (value := score.result.settings.get(name)) is not None}
        if len(set(said.values())) > 1:
            yield f"{name} differs ({'; '.join(f'{model}: {value}' for model, value in sorted(said.items()))})"
        elif across and said and len(said) < len(scores):
            yield f"{name} said only for {listed(sorted(said))} ({next(iter(said.values()))})"


def _about_each(scores: Sequence[Score], slack: float) -> Iterator[str]:
    for score in scores:
        result = score.result
        if result.score.is_bound:
            yield f"{score.model}: only a bound is given ({score.text})"
        elif result.score.is_approximate:
            yield f"{score.model}: about {score.text.lstrip('~')}, taken as {slack:g} points either way"
        if result.derived:
            yield f"{score.model}: {result.derived}"
    doubtful = [score for score in scores if score.result.confidence == "low"]
    for source in sorted({score.result.source for score in doubtful}):
        who = sorted(score.model for score in doubtful if score.result.source == source)
        yield f"reading of {source} doubtful" + _only(who, scores)


def overlong(catalog: Catalog, scores: Iterable[Score]) -> list[Score]:
    """Return the scores of tests with more context than documents state of the model: to trail there says little.

    Lengths are rounded in many ways (128K, 131072), so a tenth more is not yet more.
    """
    found = []
    for score in scores:
        length, stated = score.result.settings.context_length, catalog.models[score.result.model].context_max
        if length is not None and stated is not None:
            most = max(claim.value.interval().high for claim in stated.claims)
            found += [score] if length.interval().low > 1.1 * most else []
    return found


def beyond_context(catalog: Catalog, scores: Iterable[Score]) -> Iterator[str]:
    """Yield which models were given more context than documents state of them, and how much is stated."""
    for score in overlong(catalog, scores):
        length, stated = score.result.settings.get("context_length"), catalog.models[score.result.model].context_max
        assert stated is not None  # else it would not be overlong
        yield f"{score.model}: {length} tokens are more than the context that documents state of it, {stated.value}"


def _about_margin(decision: Decision) -> Iterator[str]:
    if decision.margin is not None and decision.margin.high == float("inf"):
        yield "the margin is unknown, because one side is only a bound"
    if decision.outcome == "lead" and decision.noise is None:
        yield "noise unknown: no standard error and no number of items"
    others = [model for model in decision.too_close if model != decision.runner_up]
    if others and decision.runner_up not in decision.too_close:
        yield f"within the noise of {listed(others)}, or theirs is unknown"
