"""Licenses and terms, facet by facet."""

from __future__ import annotations

from pydantic import Field

from stackcompare.records.base import Frozen, FrozenDict, Id, OrganizationId, Record, Text, Url
from stackcompare.records.claim import Fact
from stackcompare.records.dates import PartialDate


class License(Record):
    """Terms that weights or a service come under."""

    name: Text
    """Name as its licensor writes it."""
    licensor: OrganizationId | None = None
    """Id of the organization that wrote it."""
    spdx: Text | None = None
    """Identifier in the SPDX list, where it is there."""
    url: Url | None = None
    """Where the text stands."""
    version: Fact[Text] | None = None
    """Version of the text."""
    effective: Fact[PartialDate] | None = None
    """Day from which it holds."""
    facets: Frozen[Id, Fact[Text]] = Field(default_factory=FrozenDict)
    """What it says, by topic: `commercial-use`, `attribution`, `user-threshold` ...; the locator names the clause."""
    aliases: tuple[Text, ...] = ()
    """Other names under which documents cite it."""
    note: Text | None = None
    """What a reader must know, in our own words."""
