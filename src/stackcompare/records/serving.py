"""Serving runtimes, and how a document says that a model is to be served on one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stackcompare.records.base import (
    Frozen,
    FrozenDict,
    Id,
    ModelId,
    OrganizationId,
    Record,
    SourceId,
    StackId,
    Text,
    Url,
)
from stackcompare.records.claim import Confidence, Fact
from stackcompare.records.dates import PartialDate
from stackcompare.records.quantity import Quantity


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


class Throughput(Record):
    """How fast a model was served, with the full setting: a number without it says nothing."""

    model: ModelId
    """Id of the model."""
    stack: StackId | None = None
    """Id of the runtime, where it is one that is known here."""
    version: Text | None = None
    """Version of the runtime."""
    hardware: Text | None = None
    """Accelerators it ran on, with their number."""
    precision: Text | None = None
    """Precision of the weights."""
    value: Quantity
    """The figure as published."""
    unit: Text
    """What it counts: `output tokens per second`, `tokens per second per GPU`, `times` ..."""
    versus: Text | None = None
    """What a ratio is over."""
    conditions: Frozen[Id, Text] = Field(default_factory=FrozenDict)
    """Everything else that the document says of the run: token counts, concurrency, parallelism, latencies."""
    measured_by: Text | None = None
    """Who ran it, where it is not the publisher."""
    source: SourceId
    """Id of the document."""
    locator: Text | None = None
    """Where in the document."""
    date: PartialDate | None = None
    """When it was measured."""
    note: Text | None = None
    """What a reader must know beside it."""
    confidence: Confidence | None = None
    """`low` where the reading is second-hand or doubtful."""


class Argument(Record):
    """One option of a runtime."""

    stack: StackId
    """Id of the runtime."""
    name: Text
    """How the runtime spells it."""
    concept: Text
    """What it sets, in words that hold across runtimes."""
    kind: Literal["option", "env", "yaml key", "subcommand"]
    """Where it is written."""
    type: Text | None = None
    """What it takes."""
    default: Fact[Text] | None = None
    """Default value; claims of several versions are dated by their notes."""
    choices: tuple[Text, ...] = ()
    """Values that it takes, where they are listed."""
    spellings: tuple[Text, ...] = ()
    """Other spellings that the runtime takes."""
    first_seen: Text | None = None
    """Earliest version in which it was seen."""
    last_seen: Text | None = None
    """Latest version in which it was seen, where it has gone since."""
    source: SourceId
    """Id of the document that it was read in."""
    locator: Text | None = None
    """Where in the document."""
    note: Text | None = None
    """What a reader must know, in our own words."""
