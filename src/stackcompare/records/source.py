"""Documents, and who publishes them."""

from __future__ import annotations

from typing import Literal

from stackcompare.records.base import OrganizationId, Record, Text, Url
from stackcompare.records.dates import PartialDate

SourceKind = Literal[
    "model_card", "system_card", "tech_report", "paper", "docs", "repository", "blog", "price_page", "license_text",
    "evaluation", "leaderboard", "analyst_note", "news", "catalog",
]  # fmt: skip
"""What a document is. An analyst's note, news and a catalog only quote; an evaluation measures."""

QUOTING: frozenset[str] = frozenset({"analyst_note", "news", "catalog"})
"""Kinds of document that repeat what others measured."""


class Organization(Record):
    """Who develops models, publishes documents or measures."""

    name: Text
    """Name as it writes itself."""
    country: Text | None = None
    """Country of its headquarters."""
    aliases: tuple[Text, ...] = ()
    """Other names under which it appears."""
    url: Url | None = None
    """Its home page."""


class Source(Record):
    """A document that figures are read from."""

    title: Text
    """Title of the document."""
    publisher: OrganizationId
    """Id of the organization that publishes it."""
    kind: SourceKind
    """What the document is; with the publisher it decides the evidence."""
    url: Url | None = None
    """Where it stands."""
    file: Text | None = None
    """Name of the file, for a document without an address."""
    published: PartialDate | None = None
    """When it was published, as far as known."""
    accessed: PartialDate | None = None
    """When it was last read for this catalogue."""
    excerpt: bool = False
    """Whether only some of its scores are kept here, so that nothing can be said of it as a whole."""
    note: Text | None = None
    """How it was read, and what to keep in mind about it."""
