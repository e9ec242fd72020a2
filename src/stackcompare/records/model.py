"""Language models, apart from wherever they are served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict, Field, model_validator

from stackcompare.records.base import (
    Flag,
    Frozen,
    FrozenDict,
    Id,
    LicenseId,
    ModelId,
    OrganizationId,
    Record,
    Text,
)
from stackcompare.records.claim import Fact
from stackcompare.records.dates import PartialDate
from stackcompare.records.quantity import Quantity
from stackcompare.records.settings import Settings


class Model(Record):
    """A language model, apart from wherever it is served: weights, or a model behind an API.

    A dense model needs no `active_params`: they equal `total_params`, are derived, and say so.

    >>> model = Model(name="Aster 1", developer="aster", dense=[{"value": True, "source": "card"}],
    ...               total_params=[{"value": "9B", "source": "card"}])
    >>> str(model.active_params), model.active_params.chosen.derived
    ('9B', 'dense model: active equals total')
    """

    # Asked for in nearly every process: built with the class, not with the first question.
    model_config = ConfigDict(defer_build=False)

    name: Text
    """Name as its developer writes it."""
    developer: OrganizationId
    """Id of the organization that made it."""
    aliases: tuple[Text, ...] = ()
    """Other names: repository id, API name, spellings in other people's files."""
    family: Text | None = None
    """Line of models that it belongs to."""
    released: Fact[PartialDate] | None = None
    """When it was first available, as far as known."""
    total_params: Fact[Quantity] | None = None
    """Parameters stored."""
    active_params: Fact[Quantity] | None = None
    """Parameters used for each token; equals `total_params` in a dense model."""
    dense: Fact[Flag] | None = None
    """Whether every parameter takes part in every token."""
    architecture: Fact[Text] | None = None
    """How it is built, in a phrase."""
    layers: Frozen[Id, Fact[Quantity]] = Field(default_factory=FrozenDict)
    """Number of layers by kind; `total` for all of them."""
    experts_total: Fact[Quantity] | None = None
    """Experts that can be routed to, for each mixture-of-experts layer."""
    experts_active: Fact[Quantity] | None = None
    """Routed experts used for each token."""
    experts_shared: Fact[Quantity] | None = None
    """Experts that every token passes."""
    context_native: Fact[Quantity] | None = None
    """Tokens of context it was trained for."""
    context_default: Fact[Quantity] | None = None
    """Tokens of context that its published configuration serves."""
    context_max: Fact[Quantity] | None = None
    """Tokens of context it can be made to serve."""
    output_max: Fact[Quantity] | None = None
    """Tokens it can write in one answer."""
    pretrain_tokens: Fact[Quantity] | None = None
    """Tokens it was pretrained on."""
    knowledge_cutoff: Fact[PartialDate] | None = None
    """Latest date of the pretraining data."""
    precisions: Fact[tuple[Text, ...]] | None = None
    """Precisions in which its developer publishes weights."""
    inputs: Fact[tuple[Text, ...]] | None = None
    """Modalities it reads."""
    outputs: Fact[tuple[Text, ...]] | None = None
    """Modalities it writes."""
    languages: Fact[tuple[Text, ...]] | None = None
    """Languages it is said to support, by name."""
    language_count: Fact[Quantity] | None = None
    """Number of languages and dialects it is said to support."""
    reasoning_modes: Fact[tuple[Text, ...]] | None = None
    """Modes or effort levels that can be chosen."""
    license: Fact[LicenseId] | None = None
    """Id of the license that its weights or its use come under."""
    availability: Fact[tuple[Text, ...]] | None = None
    """Ways in which it can be had."""
    parent: Fact[ModelId] | None = None
    """Id of the model it was made from."""
    base: bool = False
    """Whether it is a checkpoint without post-training: such models are compared with each other only."""
    hardware: Fact[Text] | None = None
    """Hardware said to be needed or supported."""
    role: Fact[Text] | None = None
    """What it is meant for."""
    key_results: Fact[Text] | None = None
    """What a source singles out about its results, where it is words rather than a score."""
    default_settings: Settings | None = None
    """Configuration that a verdict takes when several were measured."""
    note: Text | None = None
    """What a reader must know, in our own words."""

    @model_validator(mode="before")
    @classmethod
    def _dense_active_equals_total(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or data.get("active_params") is not None:
            return data
        dense, total = data.get("dense"), data.get("total_params")
        if isinstance(dense, Fact):
            dense = [claim.model_dump() for claim in dense.claims]
        if isinstance(total, Fact):
            total = [claim.model_dump() for claim in total.claims]
        if not isinstance(dense, (list, tuple)) or not isinstance(total, (list, tuple)) or not dense:
            return data
        if not (isinstance(dense[0], Mapping) and dense[0].get("value") is True):
            return data
        derived = [
            {**claim, "derived": "dense model: active equals total"} for claim in total if isinstance(claim, Mapping)
        ]
        return {**data, "active_params": derived} if derived else data
