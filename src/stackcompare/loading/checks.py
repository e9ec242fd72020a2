"""What no single field shows: references, impossible values, two records for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from stackcompare.errors import did_you_mean, one_of
from stackcompare.loading.store import Store
from stackcompare.records.base import Record
from stackcompare.records.benchmark import Benchmark
from stackcompare.records.model import Model
from stackcompare.records.result import Result, unit_factor
from stackcompare.records.settings import FIELDS
from stackcompare.records.source import Source

Fault = tuple[tuple[str | int, ...], str]
"""Path inside the record, and what is wrong there."""


def record_faults(key: str, record: Record) -> Iterator[Fault]:
    """Yield what is impossible within one record."""
    if isinstance(record, Source):
        yield from _source_faults(record)
    elif isinstance(record, Model):
        yield from _model_faults(key, record)
    elif isinstance(record, Benchmark):
        yield from _benchmark_faults(record)


def _source_faults(source: Source) -> Iterator[Fault]:
    if source.accessed and source.published and source.accessed.before(source.published):
        yield (
            ("accessed",),
            f"read on {source.accessed}, before it was published on {source.published}; correct one",
        )


def _model_faults(key: str, model: Model) -> Iterator[Fault]:
    for name in ("total_params", "active_params", "pretrain_tokens", "context_max", "experts_total"):
        fact = getattr(model, name)
        for place, claim in enumerate(fact.claims if fact else ()):
            if claim.value.value <= 0:
                yield (name, place, "value"), f"{name} {claim.value} cannot be; leave out what is not reported"
    for less, more in (
        ("active_params", "total_params"),
        ("experts_active", "experts_total"),
        ("context_native", "context_max"),
        ("context_default", "context_max"),
    ):
        small, large = getattr(model, less), getattr(model, more)
        if small is None or large is None:
            continue
        most = max(claim.value.rounding().high for claim in large.claims)
        for place, claim in enumerate(small.claims):
            if claim.value.rounding().low > most:
                yield (
                    (less, place, "value"),
                    (f"{less} {claim.value} is above {more} {large.value}; correct one of them"),
                )
    if model.parent is not None and model.parent.value == key:
        yield ("parent",), f"{key!r} cannot be its own parent; name the model it was made from"


def _benchmark_faults(benchmark: Benchmark) -> Iterator[Fault]:
    for name, settings in benchmark.variants.items():
        for facet, value in settings.facets.items():
            for fault in _facet_faults(benchmark, facet, value):
                yield ("variants", name), fault
    bounds = benchmark.bounds
    if bounds.low >= bounds.high:
        yield ("range",), "the least score must come before the greatest; write [least, greatest]"


def _facet_faults(benchmark: Benchmark, facet: str, value: str) -> Iterator[str]:
    declared = benchmark.facets.get(facet)
    if declared is None:
        known = [*benchmark.facets, *FIELDS, *Result.model_fields]
        hint = did_you_mean(facet, known) or "; declare it under the benchmark's `facets`, or say it in a `note`"
        yield f"{facet!r} is no setting and no facet of this benchmark{hint}"
    elif declared.values and value not in declared.values:
        hint = did_you_mean(value, declared.values) or f"; it is one of {one_of(declared.values, 20)}"
        yield f"{facet} {value!r} is not declared{hint}"


def result_faults(result: Result, benchmark: Benchmark) -> Iterator[Fault]:
    """Yield what is impossible in a result, given its benchmark."""
    for facet, value in result.settings.facets.items():
        for fault in _facet_faults(benchmark, facet, value):
            yield ("settings", facet), fault
    for name in result.settings.inferred:
        if result.settings.get(name) is None:
            yield (
                ("settings", "inferred"),
                f"{name!r} is called inferred, but there is no such setting here; add or remove it",
            )
    if result.unit is not None and benchmark.scale is None:
        yield ("unit",), f"a benchmark in {benchmark.unit!r} has no percent or fraction; remove the unit"
        return
    bounds = benchmark.bounds
    score = result.score.value * unit_factor(result, benchmark)
    if not bounds.low <= score <= bounds.high:
        hint = "; say `unit: percent` if it is printed so" if benchmark.unit == "fraction" and 1 < score <= 100 else ""
        yield (
            ("score",),
            f"{result.score} lies outside {bounds.low:g} to {bounds.high:g} {benchmark.unit}; check it{hint}",
        )
    elif (result.score.comparator == ">" and score >= bounds.high) or (
        result.score.comparator == "<" and score <= bounds.low
    ):
        yield (
            ("score",),
            f"{result.score} leaves no possible score within {bounds.low:g} to {bounds.high:g}; check it",
        )
    if result.standard_error is not None and (result.standard_error.value <= 0 or result.standard_error.is_bound):
        yield ("standard_error",), "a standard error is a number above zero; leave it out where there is none"


def parent_cycles(store: Store) -> Iterator[tuple[str, str]]:
    """Yield every model that descends from itself by way of others, with what to do."""
    for start in store.ids("models"):
        seen, here = {start}, start
        while store.has("models", here):
            model = store.record("models", here)
            assert isinstance(model, Model)
            if model.parent is None:
                break
            here = model.parent.value
            if here == start and len(seen) > 1:
                yield start, f"{start!r} descends from itself by way of its parents; correct one `parent`"
            if here in seen:
                break
            seen.add(here)
