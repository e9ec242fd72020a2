"""What loading yields: records by section and id, results, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from stackcompare.records import SECTIONS
from stackcompare.records.base import Record
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


class Store:
    """Records that are validated when first asked for.

    The strict loader hands in finished records, the compiled snapshot plain values that were checked when it
    was made; either way `record()` and `result()` give records. Nothing else ever changes, so threads may
    share a store: two that ask at once get equal records.
    """

    def __init__(
        self,
        sections: Mapping[str, dict[str, Any]],
        results: list[Any],
        origins: Mapping[str, Mapping[str, Origin]],
    ) -> None:
        self._sections = {name: sections.get(name, {}) for name in SECTIONS}
        self._results = results
        self.origins = {name: dict(origins.get(name, {})) for name in SECTIONS}

    def ids(self, section: str) -> Iterable[str]:
        """Return the ids of a section, in order."""
        return self._sections[section].keys()

    def has(self, section: str, key: str) -> bool:
        """Return whether a section holds an id."""
        return key in self._sections[section]

    def record(self, section: str, key: str) -> Record:
        """Return a record; raise `KeyError` where there is none."""
        held = self._sections[section][key]
        if not isinstance(held, Record):
            held = SECTIONS[section].model_validate(held)
            self._sections[section][key] = held
        return held

    def raw(self, section: str, key: str) -> Any:
        """Return what is held under an id: a record, or the plain values of one."""
        return self._sections[section][key]

    def field(self, section: str, key: str, name: str) -> Any:
        """Return one plain field of a record without validating the rest."""
        held = self._sections[section][key]
        return getattr(held, name) if isinstance(held, Record) else held.get(name)

    def result(self, place: int) -> Result:
        """Return the result at a place."""
        held = self._results[place]
        if not isinstance(held, Result):
            held = Result.model_validate(held)
            self._results[place] = held
        return held

    def result_field(self, place: int, name: str) -> Any:
        """Return one plain field of a result without validating the rest."""
        held = self._results[place]
        return getattr(held, name) if isinstance(held, Result) else held.get(name)

    @property
    def result_count(self) -> int:
        """Number of results."""
        return len(self._results)

    def dump(self) -> dict[str, Any]:
        """Return everything as plain JSON values: equal for equal catalogues, however they were loaded."""
        return {
            "sections": {
                name: {key: plain(self.record(name, key)) for key in self.ids(name)} for name in self._sections
            },
            "results": [plain(self.result(place)) for place in range(len(self._results))],
            "origins": {name: dict(held) for name, held in self.origins.items()},
        }


def plain(record: Record) -> dict[str, Any]:
    """Return a record as plain JSON values, without what is left at its default."""
    return record.model_dump(mode="json", exclude_defaults=True)
