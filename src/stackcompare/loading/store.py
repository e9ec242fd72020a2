"""What loading yields: records by section and id, results by model, and where each record stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic_core import from_json

from stackcompare.records import SECTIONS
from stackcompare.records.base import FrozenDict, Record
from stackcompare.records.result import Result


class Origin(NamedTuple):
    """Where a record was written, and what it stands in for."""

    file: str
    """Name of the file."""
    line: int
    """Line of its key, from 1."""
    overrides: Origin | None = None
    """Where the record stands that this one replaces, if it replaces any."""

    def __str__(self) -> str:
        """Return `file:line`, and what is overridden."""
        return f"{self.file}:{self.line}" + (f" (overrides {self.overrides})" if self.overrides else "")


Origins = Mapping[str, Mapping[str, Origin]]
"""Origin of every record, by section and id."""


class Store:
    """Records and results, each made when first asked for.

    The strict loader hands in finished records; the compiled snapshot hands in JSON that was checked when it was made.
    Either way a caller gets records. Threads may share a store: two that ask at once get equal records.
    """

    def __init__(
        self,
        sections: Mapping[str, Mapping[str, Record | bytes]],
        results: Mapping[str, list[Result] | bytes],
        counts: Mapping[str, int],
        origins: Callable[[], Origins],
    ) -> None:
        self._sections = {name: dict(sections.get(name, {})) for name in SECTIONS}
        self._results = dict(results)
        self._counts = counts
        self._origins = origins

    @classmethod
    def of(
        cls, sections: Mapping[str, Mapping[str, Record | bytes]], results: Iterable[Result], origins: Origins
    ) -> Store:
        """Return a store of finished results, in their order."""
        by_model: dict[str, list[Result] | bytes] = {}
        counts: dict[str, int] = {}
        for result in results:
            held = by_model.setdefault(result.model, [])
            assert isinstance(held, list)
            held.append(result)
            counts[result.model] = len(held)
        frozen = FrozenDict((section, FrozenDict(held)) for section, held in origins.items())
        return cls(sections, by_model, counts, lambda: frozen)

    def ids(self, section: str) -> Iterable[str]:
        """Return the ids of a section, in order."""
        return self._sections[section].keys()

    def has(self, section: str, key: str) -> bool:
        """Return whether a section holds an id."""
        return key in self._sections[section]

    def record(self, section: str, key: str) -> Record:
        """Return a record; raise `KeyError` where there is none."""
        held = self._sections[section][key]
        if isinstance(held, bytes):
            held = SECTIONS[section].model_validate_json(held)
            self._sections[section][key] = held
        return held

    def held(self, section: str) -> Mapping[str, Record | bytes]:
        """Return what a section holds, as it is held: for a store that is laid over this one."""
        return self._sections[section]

    def field(self, section: str, key: str, name: str) -> Any:
        """Return one plain field of a record (`None` where it is left out) without making the record."""
        held = self._sections[section][key]
        return from_json(held).get(name) if isinstance(held, bytes) else getattr(held, name)

    @property
    def result_count(self) -> int:
        """Number of results."""
        return sum(self._counts.values())

    def results_of(self, model: str) -> list[Result]:
        """Return the results of one model by its id, in order; none where it was not measured."""
        held = self._results.get(model, [])
        if isinstance(held, bytes):
            held = _RESULTS.validate_json(held)
            self._results[model] = held
        return held

    def results(self) -> Iterator[Result]:
        """Yield every result, in order of model."""
        for model in self._results:
            yield from self.results_of(model)

    @cached_property
    def origins(self) -> Origins:
        """Where every record was written."""
        return self._origins()

    def dump(self) -> dict[str, Any]:
        """Return everything as plain JSON values: equal for equal catalogues, however they were loaded."""
        return {
            "sections": {
                name: {key: plain(self.record(name, key)) for key in self.ids(name)} for name in self._sections
            },
            "results": {model: [plain(result) for result in self.results_of(model)] for model in self._results},
            "origins": {name: dict(held) for name, held in self.origins.items()},
        }


_RESULTS = TypeAdapter(list[Result], config={"defer_build": True})


def plain(record: Record) -> dict[str, Any]:
    """Return a record as plain JSON values, without what is left at its default."""
    return record.model_dump(mode="json", exclude_defaults=True)
