"""The setting of a measurement: what a source says about how a score came about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import Field, field_validator

from stackcompare.records.base import Count, Frozen, FrozenDict, Id, Record, Text
from stackcompare.records.quantity import SUFFIXES, Quantity


class Settings(Record):
    """How a score was measured, as far as its source says; a field left out is unsaid.

    `tools: none` means that the source says none were used; no `tools` means that it does not say.
    """

    tools: tuple[Text, ...] | None = None
    """Tools the model could use; empty for "none", `some` where the source names no kind."""
    reasoning: Text | None = None
    """Reasoning effort or mode as the source calls it: `off`, `on`, `low`, `high`, `max` ..."""
    budget: Text | None = None
    """Limit on thinking or output, such as `64K output tokens`."""
    metric: Text | None = None
    """How tries become a score, such as `pass@1` or `avg@64`."""
    repeats: Count | None = None
    """Runs averaged over."""
    shots: Count | None = None
    """Worked examples in the prompt."""
    harness: Text | None = None
    """Software or scaffold that ran the benchmark."""
    version: Text | None = None
    """Version of the benchmark."""
    context_length: Quantity | None = None
    """Tokens of context in the test."""
    precision: Text | None = None
    """Precision of the weights served, such as `BF16`, `FP8` or `NVFP4`."""
    judge: Text | None = None
    """Model that graded the answers."""
    facets: Frozen[Id, Text] = Field(default_factory=FrozenDict)
    """Settings that only this benchmark declares, such as a subset or a domain."""
    inferred: tuple[Text, ...] = ()
    """Names of settings that the source does not state for this run but that follow from elsewhere."""

    @field_validator("facets")
    @classmethod
    def _in_order(cls, facets: Mapping[str, str]) -> Mapping[str, str]:
        return FrozenDict(sorted(facets.items()))

    def __hash__(self) -> int:
        """Hash by what is said."""
        return hash(self.said)

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What is said, as sorted pairs of name and text; `inferred` is not part of it."""
        return tuple(sorted(self.items().items()))

    def items(self) -> dict[str, str]:
        """Return name and text of every setting that is said, the benchmark's own facets among them."""
        said = {name: value_text(value) for name in FIELDS if (value := getattr(self, name)) is not None}
        return said | dict(self.facets)

    def get(self, name: str) -> str | None:
        """Return one setting as text, or `None` where it is unsaid."""
        value: Any = getattr(self, name) if name in FIELDS else self.facets.get(name)
        return None if value is None else value_text(value)


FIELDS: Final = tuple(name for name in Settings.model_fields if name not in {"facets", "inferred"})
"""Names of the typed settings; every other name is a facet that a benchmark must declare."""


def value_text(value: object) -> str:
    """Return a setting's value as text, the same for the same value: tools sorted and joined by `+`, or `none`.

    >>> value_text(()), value_text(("search", "python")), value_text(Quantity("1000K")), value_text(Quantity("262144"))
    ('none', 'python+search', '1M', '256Ki')
    """
    if isinstance(value, tuple):
        return "+".join(sorted(value)) or "none"
    if isinstance(value, Quantity) and value.comparator == "=" and value.value.is_integer() and value.value > 0:
        for letters in ("M", "K", "Mi", "Ki"):
            if value.value % SUFFIXES[letters] == 0:
                return f"{value.value / SUFFIXES[letters]:.0f}{letters}"
    return str(value)
