"""From an object to the table that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from stackcompare.render.table import Table


@cache
def _describers() -> dict[type, Callable[[Any], Table]]:
    """Return who describes what; imported when first asked, so that a table costs only what it needs."""
    from stackcompare import analysis, catalog
    from stackcompare.render import comparisons, offers, records, views

    return {
        analysis.Comparison: comparisons.comparison,
        analysis.Verdicts: comparisons.verdicts,
        analysis.CostRatios: comparisons.cost_ratios,
        analysis.Coverage: comparisons.coverage,
        analysis.Offering: offers.offering,
        analysis.FeatureMatrix: offers.feature_matrix,
        analysis.Serving: offers.serving,
        catalog.Conflicts: views.conflicts,
        catalog.Citations: views.citations,
        catalog.Records: records.records,
        catalog.Results: records.results,
        catalog.Catalog: records.catalog,
        views.RecordView: views.record_view,
    }


def table_of(shown: Any) -> Table:
    """Return the table that shows an object.

    Raises `TypeError` for what has no table.
    """
    if isinstance(shown, Table):
        return shown
    for kind in _lineage(shown):
        if (describe := _describers().get(kind)) is not None:
            return describe(shown)
    raise TypeError(f"no table shows a {type(shown).__name__}")


def _lineage(shown: Any) -> Iterator[type]:
    yield from type(shown).__mro__
