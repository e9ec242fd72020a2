"""The charts of a report: ratios and the frontier beside the economics, the heat map beside the benchmarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from stackcompare.render.document import Section

if TYPE_CHECKING:
    from stackcompare.analysis import Report
    from stackcompare.render.charts import Chart

_LEAST_MODELS = 2
"""A chart of fewer models says nothing that its table does not."""


def charted(report: Report, section: Section) -> Section:
    """Return a section with the charts that belong to it."""
    makers = {"economics": _economics, "benchmarks": _benchmarks}
    make = makers.get(section.key)
    return section if make is None else replace(section, charts=tuple(make(report)))


def _economics(report: Report) -> Iterator[Chart]:
    assert report.comparison is not None  # else there is no such section
    ratios = report.comparison.cost_ratios("active_params")
    if sum(ratio.low is not None for ratio in ratios) >= _LEAST_MODELS:
        yield ratios.chart()
    rules = {name: rule for name, rule in report.rules.items() if name != "strict"}  # a ranking is an overview
    frontier = None if (key := _most_measured(report)) is None else report.catalog.frontier(key, **rules)
    if frontier is not None and len(frontier) >= _LEAST_MODELS:
        yield frontier.chart()


def _most_measured(report: Report) -> str | None:
    """Return the id of the benchmark that the subject is compared on and that most models were measured on."""
    met = {verdict.benchmark for duel in report.duels for verdict in duel.verdicts.contested}
    reach = Counter(key for model in report.catalog.models for key in report.catalog.benchmarks_of(model) if key in met)
    return min(reach, key=lambda key: (-reach[key], key), default=None)


def _benchmarks(report: Report) -> Iterator[Chart]:
    assert report.duel_comparison is not None  # else there is no such section
    yield report.duel_comparison.chart()
