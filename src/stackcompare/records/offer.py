"""What can be had beside the weights: tokens at a price, data sets, recipes, environments."""

from __future__ import annotations

from typing import Literal

from stackcompare.records.base import ModelId, OrganizationId, Record, Text, Url
from stackcompare.records.claim import Fact
from stackcompare.records.dates import PartialDate
from stackcompare.records.quantity import Quantity


class Price(Record):
    """What one channel asks for one model's tokens. Every claim carries its date: prices age."""

    model: ModelId
    """Id of the model."""
    channel: Text
    """Who sells, as the channel writes itself."""
    plan: Text | None = None
    """Which offer it is: `batch`, `long context`, `fast` ...; left out for the ordinary one."""
    input_usd: Fact[Quantity] | None = None
    """US dollars for a million input tokens."""
    cached_input_usd: Fact[Quantity] | None = None
    """US dollars for a million input tokens that were read before."""
    output_usd: Fact[Quantity] | None = None
    """US dollars for a million output tokens."""
    note: Text | None = None
    """What a reader must know, in our own words."""


class Asset(Record):
    """Something published with models: a data set, a recipe, a reinforcement-learning environment, a tool."""

    name: Text
    """Name as its publisher writes it."""
    organization: OrganizationId
    """Id of the organization that publishes it."""
    kind: Fact[
        Literal[
            "pretraining data", "post-training data", "preference data", "RL data", "RL environments",
            "retrieval data", "evaluation data", "recipe", "tool", "other",
        ]
    ]  # fmt: skip
    """What it is."""
    size: Fact[Text] | None = None
    """How large it is, as published."""
    license: Fact[Text] | None = None
    """Terms it comes under, as published."""
    released: Fact[PartialDate] | None = None
    """When it was published."""
    url: Url | None = None
    """Where it stands."""
    note: Text | None = None
    """What a reader must know, in our own words."""
