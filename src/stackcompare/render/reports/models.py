"""The models side by side, and what they cost to run as far as their parameters tell."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Final

from stackcompare.render.comparisons import cost_part, proxy_words
from stackcompare.render.document import Section
from stackcompare.render.records import field_cell
from stackcompare.render.table import NOTHING, Cell, Column, Gauge, Part, References, Row, Span, Table, cell

if TYPE_CHECKING:
    from stackcompare.analysis import Report
    from stackcompare.records import Fact, Model, Quantity


BARS: Final = "Bars: total parameters light, active ones dark inside them, all on one scale."
"""What explains the bars, where they are drawn."""

_told = partial(field_cell, sides=True)
"""Shows a field with everything that is said of it."""


def line_up(report: Report, refs: References) -> Section | None:
    """Describe every model of both sides, by vendor, the subject's first."""
    models = [report.catalog.models[key] for key in report.line_up]
    if not models:
        return None
    columns = (
        Column("Model"), Column("Total", "right"), Column("Active"), Column("Architecture", folded=""),
        Column("Context", folded=""), Column("Results singled out", folded=""), Column("Hardware", folded="on "),
        Column("Role", folded="for "),
    )  # fmt: skip
    most = max(_number(fact) for model in models for fact in (model.total_params, model.active_params))
    developers = list(dict.fromkeys(model.developer for model in models))
    rows = tuple(
        Row((
            cell(model.name), _told(model.total_params, refs), _active_cell(model, most, refs),
            _told(model.architecture, refs), _context_cell(model, refs), _told(model.key_results, refs),
            _told(model.hardware, refs), _told(model.role, refs),
        ), group=report.catalog.organizations[model.developer].name)
        for model in sorted(models, key=lambda model: developers.index(model.developer))
    )  # fmt: skip
    remarks = (BARS,) if most else ()
    return Section("models", Table("Models", (Part(columns, rows),), (), remarks, refs.footnotes))


def _number(fact: Fact[Quantity] | None) -> float:
    return fact.value.value if fact is not None and isfinite(fact.value.value) else 0.0


def _active_cell(model: Model, most: float, refs: References) -> Cell:
    """Show active parameters, and draw them inside the total ones."""
    sizes = ((_number(model.total_params), "part"), (_number(model.active_params), "main"))
    spans = tuple(Span(0, size / most, "part" if look == "part" else "main") for size, look in sizes if size)
    return (replace(_told(model.active_params, refs)[0], gauge=Gauge(spans) if spans else None),)


def _context_cell(model: Model, refs: References) -> Cell:
    known = (("native", model.context_native), ("default", model.context_default), ("up to", model.context_max))
    pieces = [(name, _told(fact, refs)[0]) for name, fact in known if fact is not None]
    return tuple(replace(piece, text=f"{name} {piece.text}") for name, piece in pieces) or NOTHING


def economics(report: Report, refs: References) -> Section | None:
    """Describe active and total parameters as multiples of one of the subject's, with what they stand for."""
    if report.comparison is None:
        return None
    costs = [report.comparison.cost_ratios(measure) for measure in ("active_params", "total_params")]
    if all(ratio.low is None for held in costs for ratio in held):
        return None
    part = cost_part(report.comparison, costs, refs)
    remarks = tuple(map(proxy_words, costs))
    return Section("economics", Table("Active-parameter economics", (part,), (), remarks, refs.footnotes))
