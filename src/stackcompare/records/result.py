"""One model, one benchmark, one setting, one score, one claim."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from stackcompare.records.base import BenchmarkId, ModelId, OrganizationId, Record, SourceId, Text
from stackcompare.records.benchmark import Benchmark
from stackcompare.records.claim import Confidence
from stackcompare.records.dates import PartialDate
from stackcompare.records.quantity import Quantity
from stackcompare.records.settings import Settings

UNSAID_MEASURER = "unsaid"
"""What `measured_by` says where a document leaves open, cell by cell, whether it measured or repeats."""


class Result(Record):
    """A score as one document prints it."""

    # Asked for in nearly every process: built with the class, not with the first question.
    model_config = ConfigDict(defer_build=False)

    model: ModelId
    """Id of the model measured."""
    benchmark: BenchmarkId
    """Id of the benchmark."""
    score: Quantity
    """The score as printed."""
    settings: Settings = Field(default_factory=Settings)
    """How it was measured, as far as the document says for this run."""
    unit: Literal["percent", "fraction"] | None = None
    """Unit as printed, where it is not the benchmark's own."""
    standard_error: Quantity | None = None
    """Standard error as published, in the unit of the score."""
    interval: tuple[Quantity, Quantity] | None = None
    """95 % interval as published, in the unit of the score."""
    source: SourceId
    """Id of the document."""
    table: Text | None = None
    """Table or figure of the document in which the score stands beside others."""
    locator: Text | None = None
    """Where in the document, down to the row."""
    date: PartialDate | None = None
    """When it was measured, where the document says and it ages."""
    measured_by: OrganizationId | None = None
    """Id of the organization that ran the test, where it is not the publisher; `unsaid` where the
    document does not say, cell by cell, whether it measured or repeats."""
    note: Text | None = None
    """What a reader must know beside it, in our own words."""
    confidence: Confidence | None = None
    """`low` where the reading is second-hand or doubtful; shown as a caveat."""
    derived: Text | None = None
    """How the score was worked out, where the document does not print it."""

    @model_validator(mode="after")
    def _in_one_unit(self) -> Result:
        if self.unit == "fraction" and self.score.suffix == "%":
            raise ValueError(f"{self.score} says percent and `unit` says fraction; keep one")
        for beside in (self.standard_error, *(self.interval or ())):
            if beside is not None and (beside.suffix == "%") != (self.score.suffix == "%"):
                raise ValueError(f"{beside} and the score {self.score} are in different units; write both in one")
        return self

    @model_validator(mode="after")
    def _interval_holds_score(self) -> Result:
        if self.interval is not None:
            low, high = self.interval
            if not low.value <= self.score.value <= high.value:
                raise ValueError(f"interval {low} to {high} does not hold the score {self.score}; write [low, high]")
        return self


def unit_factor(result: Result, benchmark: Benchmark) -> float:
    """Return what a printed score is multiplied by to stand in the unit of its benchmark.

    A score printed as `0.775`, with `unit: fraction`, is 77.5 for a benchmark in percent: the factor is 100.
    """
    printed = "percent" if result.score.suffix == "%" else result.unit
    if printed is None or benchmark.scale is None:
        return 1.0
    return benchmark.scale / {"percent": 100.0, "fraction": 1.0}[printed]


def agree_in_unit(one: Result, other: Result, benchmark: Benchmark) -> bool:
    """Return whether two scores on one benchmark may state one number, whatever unit each is printed in."""
    factors = unit_factor(one, benchmark), unit_factor(other, benchmark)
    if factors[0] == factors[1]:
        return one.score.agrees(other.score)
    first, second = one.score.rounding().scaled(factors[0]), other.score.rounding().scaled(factors[1])
    return first.overlaps(second)
