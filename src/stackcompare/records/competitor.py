"""A vendor's offering as a whole: its kind, what it offers, how it stands against others."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stackcompare.records.base import (
    CompetitorId,
    FeatureId,
    Frozen,
    FrozenDict,
    ModelId,
    Record,
    SourceId,
    Text,
)
from stackcompare.records.claim import Confidence, Fact
from stackcompare.records.dates import PartialDate

Support = Literal["yes", "no", "partial", "preview"]
"""Whether something is offered."""


class Feature(Record):
    """Something a vendor may offer beside the model itself."""

    name: Text
    """Short name, as a row of a matrix."""
    group: Text
    """What it belongs to: openness, packaging, hosted tools ..."""
    definition: Text
    """What has to be there for a `yes`."""


class Judgement(Record):
    """A strength or a weakness, as one source sees it."""

    statement: Text
    """What is said, in our own words."""
    versus: CompetitorId
    """Id of the competitor it is measured against."""
    source: SourceId
    """Id of the document that says it."""
    locator: Text | None = None
    """Where in the document."""
    date: PartialDate | None = None
    """When it held."""
    note: Text | None = None
    """What a reader must know beside it."""
    confidence: Confidence | None = None
    """`low` where the judgement is second-hand or doubtful."""


class Competitor(Record):
    """A vendor's offering as a whole. Its id is that of the vendor's organization."""

    name: Text
    """Name of the offering or the vendor, as a table heads it."""
    kind: Fact[Literal["closed managed API", "open weights", "both"]] | None = None
    """How its models can be had."""
    models: tuple[ModelId, ...] = ()
    """Ids of the models that stand for it, the foremost first."""
    features: Frozen[FeatureId, Fact[Support]] = Field(default_factory=FrozenDict)
    """What it offers, by feature id."""
    strengths: tuple[Judgement, ...] = ()
    """Where it is said to be ahead."""
    weaknesses: tuple[Judgement, ...] = ()
    """Where it is said to be behind."""
    channels: Fact[tuple[Text, ...]] | None = None
    """Ways in which its models reach a customer."""
    adopters: Fact[tuple[Text, ...]] | None = None
    """Organizations named as users."""
    partners: Fact[tuple[Text, ...]] | None = None
    """Organizations that develop with it."""
    note: Text | None = None
    """What a reader must know, in our own words."""
