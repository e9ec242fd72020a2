"""What no single field shows: references, impossible values, two records for one thing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final

from stackcompare.errors import did_you_mean, one_of
from stackcompare.loading.store import Store
from stackcompare.records.base import Record
from stackcompare.records.benchmark import Benchmark
from stackcompare.records.claim import Fact
from stackcompare.records.model import Model
from stackcompare.records.quantity import Quantity
from stackcompare.records.result import Result, unit_factor
from stackcompare.records.settings import FIELDS, Settings
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
    yield from _amounts(model, _MODEL_AMOUNTS, whole=_MODEL_COUNTS)
    for kind, fact in model.layers.items():
        yield from _amounts_of(("layers", kind), fact, whole=True)
        total = model.layers.get("total")
        if total is not None and fact.value.interval().low > total.value.interval().high:
            yield (
                ("layers", kind),
                f"{fact.value} layers of {kind} are more than all {total.value}; correct one of them",
            )
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
        if most <= 0 or any(claim.value.suffix == "%" for claim in large.claims):
            continue  # reported above
        for place, claim in enumerate(small.claims):
            if claim.value.rounding().low > most:
                yield (
                    (less, place, "value"),
                    (f"{less} {claim.value} is above {more} {large.value}; correct one of them"),
                )
    if model.parent is not None and model.parent.value == key:
        yield ("parent",), f"{key!r} cannot be its own parent; name the model it was made from"


_MODEL_COUNTS: Final = (
    "experts_total", "experts_active", "experts_shared", "context_native", "context_default", "context_max",
    "output_max", "language_count",
)  # fmt: skip
_MODEL_AMOUNTS: Final = ("total_params", "active_params", "pretrain_tokens", *_MODEL_COUNTS)


def _amounts(record: Record, names: Iterable[str], whole: Container[str] = ()) -> Iterator[Fault]:
    """Yield what is wrong with the facts that count something: none is negative, zero or a percentage."""
    for name in names:
        if (fact := getattr(record, name)) is not None:
            yield from _amounts_of((name,), fact, whole=name in whole)


def _amounts_of(path: tuple[str, ...], fact: Fact[Quantity], *, whole: bool) -> Iterator[Fault]:
    least = 0 if path == ("experts_shared",) else 1e-9
    for place, claim in enumerate(fact.claims):
        value = claim.value
        if value.suffix == "%" or value.value < least:
            yield (*path, place, "value"), f"{path[0]} {value} cannot be; leave out what is not reported"
        elif whole and not value.value.is_integer():
            yield (*path, place, "value"), f"{path[0]} {value} is no whole number; write it as published"


def _benchmark_faults(benchmark: Benchmark) -> Iterator[Fault]:
    for name, settings in benchmark.variants.items():
        for facet, value in settings.facets.items():
            for fault in _facet_faults(benchmark, facet, value):
                yield ("variants", name), fault
    for facet in benchmark.facets:
        if facet in Settings.model_fields or facet in Result.model_fields:
            yield ("facets", facet), f"{facet!r} is a key of every result and cannot be a facet; choose another name"
    for facet, by_value in benchmark.items_by.items():
        declared = benchmark.facets.get(facet)
        for value, fact in by_value.items():
            yield from _amounts_of(("items_by", facet, value), fact, whole=True)
            if declared is not None and declared.values and value not in declared.values:
                hint = did_you_mean(value, declared.values) or f"; it is one of {one_of(declared.values, 20)}"
                yield ("items_by", facet, value), f"{facet} {value!r} is not declared{hint}"
    yield from _amounts(benchmark, ("items",), whole=("items",))
    bounds = benchmark.bounds
    if bounds.low >= bounds.high:
        yield ("range",), "the least score must come before the greatest; write [least, greatest]"
    for claim in benchmark.random_baseline.claims if benchmark.random_baseline else ():
        if not bounds.low <= claim.value.value <= bounds.high:
            yield ("random_baseline",), f"{claim.value} lies outside {bounds.low:g} to {bounds.high:g}; correct it"


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
            f"{result.score} lies outside {bounds.low:g} to {bounds.high:g} {benchmark.unit}; correct it{hint}",
        )
    elif (result.score.comparator == ">" and score >= bounds.high) or (
        result.score.comparator == "<" and score <= bounds.low
    ):
        yield (
            ("score",),
            f"{result.score} leaves no possible score within {bounds.low:g} to {bounds.high:g}; correct it",
        )
    factor = unit_factor(result, benchmark)
    error, width = result.standard_error, bounds.high - bounds.low
    if error is not None and (error.is_bound or not 0 < error.value * factor <= width):
        yield ("standard_error",), f"{error} is no standard error of such a score; write the number as published"
    for end in result.interval or ():
        if not bounds.low <= end.value * factor <= bounds.high:
            yield ("interval",), f"{end} lies outside {bounds.low:g} to {bounds.high:g}; correct it"


def parent_cycles(store: Store) -> Iterator[tuple[str, str]]:
    """Yield every model that descends from itself by way of others, with what to do."""
    done: set[str] = set()
    for start in store.ids("models"):
        trail: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in trail and here not in done and store.has("models", here):
            trail[here] = None
            model = store.record("models", here)
            assert isinstance(model, Model)
            here = None if model.parent is None else model.parent.value
        if here in trail:
            for key in list(trail)[list(trail).index(here) :]:
                if len(trail) > 1:
                    yield key, f"{key!r} descends from itself by way of its parents; correct one `parent`"
        done |= trail.keys()
