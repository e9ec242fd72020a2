"""Serving runtimes, and how a document says that a model is to be served on one."""

from __future__ import annotations

from typing import Literal

from stackcompare.records.base import ModelId, OrganizationId, Record, SourceId, StackId, Text, Url
from stackcompare.records.claim import Confidence, Fact
from stackcompare.records.dates import PartialDate


class Stack(Record):
    """A serving runtime."""

    name: Text
    """Name as its makers write it."""
    developer: OrganizationId | None = None
    """Id of the organization that keeps it."""
    repository: Url | None = None
    """Where its code stands."""
    license: Fact[Text] | None = None
    """License of the runtime."""
    aliases: tuple[Text, ...] = ()
    """Other spellings of the name."""
    note: Text | None = None
    """What a reader must know, in our own words."""


class ServingSetting(Record):
    """One setting: what to do, how firmly it is said, under which condition and why."""

    name: Text
    """What is set, in words that hold across runtimes: `speculative decoding`, `SSM cache precision`."""
    value: Text
    """What it is set to."""
    level: Literal["required", "recommended", "optional", "forbidden", "stated"]
    """How firmly the source says it; `stated` where it only reports what is so."""
    argument: Text | None = None
    """How the runtime spells it."""
    when: Text | None = None
    """Condition under which it holds."""
    reason: Text | None = None
    """Why, as the source explains it."""
    source: SourceId
    """Id of the document that says it."""
    locator: Text | None = None
    """Where in the document."""
    date: PartialDate | None = None
    """When it held."""
    note: Text | None = None
    """What a reader must know beside it."""
    confidence: Confidence | None = None
    """`low` where the reading is second-hand or doubtful."""


class ServingGuide(Record):
    """How one document says that one model is to be served on one runtime."""

    model: ModelId
    """Id of the model."""
    stack: StackId
    """Id of the runtime."""
    version: Fact[Text] | None = None
    """Version of the runtime that the guide is for."""
    hardware: Fact[Text] | None = None
    """Hardware that the guide is for, or the least it needs."""
    precision: Text | None = None
    """Precision of the weights served."""
    purpose: Text | None = None
    """What it is tuned for, such as latency or throughput."""
    settings: tuple[ServingSetting, ...] = ()
    """The settings, in the order of the document."""
    note: Text | None = None
    """What a reader must know, in our own words."""
