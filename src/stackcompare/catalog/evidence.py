"""Who measured: derived from publisher, kind and measurer, never typed by hand."""

from __future__ import annotations

from typing import Literal, get_args

from stackcompare.records import Model, Result, Source
from stackcompare.records.result import UNSAID_MEASURER
from stackcompare.records.source import QUOTING

Evidence = Literal["independent", "first_party", "rival", "secondary"]
"""`independent`: someone without a model of their own; `first_party`: the model's developer; `rival`: the
developer of other models; `secondary`: a document that only quotes."""

ORDER: tuple[Evidence, ...] = get_args(Evidence)
"""What is preferred to what, unless a caller says otherwise."""


def evidence_of(result: Result, source: Source, model: Model, developers: frozenset[str]) -> Evidence:
    """Return who stands behind a score.

    A document that names another measurer, or whose kind only quotes, is `secondary`. One that does not say
    whether it measured or repeats is taken to have measured: a caveat says so.
    """
    if source.kind in QUOTING or result.measured_by not in (None, UNSAID_MEASURER, source.publisher):
        return "secondary"
    if source.publisher == model.developer:
        return "first_party"
    return "rival" if source.publisher in developers else "independent"


def measurer_of(result: Result, source: Source) -> str | None:
    """Return the id of the organization that ran the test, or `None` where that is not known."""
    if result.measured_by == UNSAID_MEASURER:
        return None
    if result.measured_by is not None:
        return result.measured_by
    return None if source.kind in QUOTING else source.publisher
