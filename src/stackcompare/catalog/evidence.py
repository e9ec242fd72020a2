"""Who measured: derived from publisher, kind and measurer, never typed by hand."""

from __future__ import annotations

from collections.abc import Set
from typing import Literal, get_args

from stackcompare.records import Model, Result, Source
from stackcompare.records.result import UNSAID_MEASURER
from stackcompare.records.source import QUOTING

Evidence = Literal["independent", "first_party", "rival", "secondary"]
"""`independent`: someone without a model of their own; `first_party`: the model's developer; `rival`: the
developer of other models; `secondary`: a document that only quotes."""

ORDER: tuple[Evidence, ...] = get_args(Evidence)
"""What is preferred to what, unless a caller says otherwise."""


def standing(source: Source, owners: Set[str], developers: Set[str]) -> Evidence:
    """Return who stands behind what a document says of a thing that belongs to `owners`."""
    if source.kind in QUOTING:
        return "secondary"
    if source.publisher in owners:
        return "first_party"
    return "rival" if source.publisher in developers else "independent"


def evidence_of(result: Result, source: Source, model: Model, developers: Set[str]) -> Evidence:
    """Return who stands behind a score.

    A document that names another measurer is `secondary`, as is one whose kind only quotes. One that does not say
    whether it measured or repeats is taken to have measured: a caveat says so.
    """
    if result.measured_by not in (None, UNSAID_MEASURER, source.publisher):
        return "secondary"
    return standing(source, {model.developer}, developers)


def measurer_of(result: Result, source: Source) -> str | None:
    """Return the id of the organization that ran the test, or `None` where that is not known."""
    if result.measured_by == UNSAID_MEASURER:
        return None
    if result.measured_by is not None:
        return result.measured_by
    return None if source.kind in QUOTING else source.publisher
