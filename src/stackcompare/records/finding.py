"""A disagreement between documents that no single field holds."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stackcompare.records.base import Id, Record, Text
from stackcompare.records.claim import Claim

ConflictKind = Literal[
    "note against primary",
    "quotation against primary",
    "vendor against itself",
    "vendor against vendor",
    "vendor against evaluator",
    "evaluators",
]
"""Who disagrees: an analyst's note, or another document that quotes, with an original; originals with each other."""


class Finding(Record):
    """Documents that say different things about one matter, side by side."""

    topic: Text
    """What they disagree about, in a few words."""
    kind: ConflictKind
    """Who disagrees with whom."""
    about: tuple[Id, ...] = ()
    """Ids of the models, competitors, licenses or benchmarks concerned."""
    claims: tuple[Claim[Text], ...] = Field(min_length=2)
    """Who says what."""
    note: Text | None = None
    """What a reader should make of it, in our own words."""
