"""The judgement layer about a subject: when it is the rational choice, when not, and what to watch."""

from __future__ import annotations

from stackcompare.records.base import CompetitorId, Record, SourceId, Text
from stackcompare.records.claim import Claim, Fact


class Condition(Record):
    """A condition under which the subject is, or is not, the rational choice."""

    title: Text
    """The condition, in a few words."""
    statement: Text
    """What is argued, in our own words."""
    source: SourceId
    """Id of the document that argues it."""
    locator: Text | None = None
    """Where in the document."""
    versus: tuple[CompetitorId, ...] = ()
    """Ids of the competitors it is measured against."""
    since: tuple[Claim[Text], ...] = ()
    """What has happened to it since, dated and cited."""


class Scenario(Record):
    """One way in which things may go."""

    title: Text
    """The scenario, in a few words."""
    signals: tuple[Text, ...]
    """What would be seen if it came."""
    implications: tuple[Text, ...]
    """What would follow from it."""
    source: SourceId
    """Id of the document that draws it."""
    locator: Text | None = None
    """Where in the document."""
    since: tuple[Claim[Text], ...] = ()
    """What has happened since, dated and cited."""


class Indicator(Record):
    """Something to watch."""

    title: Text
    """What to watch, in a few words."""
    watch: Text
    """Where it would show, and what it would mean."""
    source: SourceId
    """Id of the document that names it."""
    locator: Text | None = None
    """Where in the document."""
    since: tuple[Claim[Text], ...] = ()
    """What has been seen since, dated and cited."""


class Brief(Record):
    """What one or more documents argue about a subject; data, so that any vendor can have one."""

    subject: CompetitorId
    """Id of the competitor it is about."""
    thesis: Fact[Text] | None = None
    """The argument in a sentence or two."""
    conditions_for: tuple[Condition, ...] = ()
    """When the subject is the rational choice."""
    conditions_against: tuple[Condition, ...] = ()
    """When it is less compelling."""
    scenarios: tuple[Scenario, ...] = ()
    """Ways in which things may go."""
    indicators: tuple[Indicator, ...] = ()
    """What to watch."""
    note: Text | None = None
    """What a reader must know, in our own words."""
