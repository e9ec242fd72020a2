"""Accelerators and systems built of them."""

from __future__ import annotations

from pydantic import Field

from stackcompare.records.base import Frozen, FrozenDict, HardwareId, Id, OrganizationId, Record, Text
from stackcompare.records.claim import Fact
from stackcompare.records.dates import PartialDate
from stackcompare.records.quantity import Quantity


class Hardware(Record):
    """An accelerator, or a system of several."""

    name: Text
    """Name as its maker writes it."""
    vendor: OrganizationId
    """Id of the organization that makes it."""
    form: Fact[Text] | None = None
    """Form factor, such as `SXM5` or `workstation`."""
    architecture: Fact[Text] | None = None
    """Generation, such as `Hopper`."""
    released: Fact[PartialDate] | None = None
    """When it became available."""
    memory_gb: Fact[Quantity] | None = None
    """Memory in gigabytes (10^9 bytes)."""
    memory_bandwidth_tbps: Fact[Quantity] | None = None
    """Memory bandwidth in terabytes a second."""
    power_w: Fact[Quantity] | None = None
    """Highest board power in watts."""
    peak_tflops: Frozen[Id, Fact[Quantity]] = Field(default_factory=FrozenDict)
    """Peak rate in 10^12 operations a second by precision; dense unless the key ends in `-sparse`."""
    usd_per_hour: Fact[Quantity] | None = None
    """Rent in US dollars for one accelerator and one hour; every claim dated."""
    accelerator: HardwareId | None = None
    """Id of the accelerator that a system is built of."""
    accelerator_count: Fact[Quantity] | None = None
    """Number of accelerators in a system."""
    aliases: tuple[Text, ...] = ()
    """Other spellings of the name."""
    note: Text | None = None
    """What a reader must know, in our own words."""
