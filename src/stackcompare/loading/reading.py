"""Reads files into a store, or reports everything that is wrong with them at once."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pydantic import ValidationError

from stackcompare.errors import DataError, Problem, did_you_mean, one_of
from stackcompare.loading import checks
from stackcompare.loading.authored import NO_SOURCE, written_out
from stackcompare.loading.blocks import Entry, results_written_out
from stackcompare.loading.faults import faults
from stackcompare.loading.files import File
from stackcompare.loading.located import Located, place_of, problem_at, read_file
from stackcompare.loading.shape import Shape, references
from stackcompare.loading.store import Origin, Store
from stackcompare.records import SECTIONS, SINGULAR
from stackcompare.records.base import Record
from stackcompare.records.benchmark import Benchmark
from stackcompare.records.result import UNSAID_MEASURER, Result
from stackcompare.records.settings import Settings


class _Draft(NamedTuple):
    """A record as a file states it, written out but not yet validated."""

    section: str
    key: str
    data: Located
    origin: Origin
    override: bool


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking a million nodes that all survive anyway."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_files(files: list[File], base: Store | None) -> Store:
    """Return what files hold, laid over `base` where one is given; raise `DataError` with every problem."""
    with _collector_paused():
        return _read(files, base)  # the nodes are gone before the collector looks again


def _read(files: list[File], base: Store | None) -> Store:
    reading = _Reading(base)
    for file in files:
        reading.take(file)
    return reading.finish()


class _Reading:
    """One reading of several files: drafts first, then records, then results, with every problem on the way."""

    def __init__(self, base: Store | None) -> None:
        self.base = base
        self.problems: list[Problem] = []
        self.drafts: dict[str, dict[str, _Draft]] = {name: {} for name in SECTIONS}
        self.blocks: list[Located] = []
        self.seen: dict[str, set[str]] = {name: set() for name in SECTIONS}
        """Ids that stand in the files, whether or not their records are any good."""
        self.broken_variants: set[str] = set()
        """Names of variants of benchmarks whose records have faults."""
        self.unread = False
        """Whether a file could not be read: then nobody can tell which ids are unknown."""

    def take(self, file: File) -> None:
        """Read one file's sections."""
        root, problems = read_file(file.path, file.name)
        self.problems += problems
        if root is None:
            self.unread = True
            return
        self.unread |= bool(root.broken)
        for key, value in root.items():
            if key == "results":
                self.blocks.append(root)
            elif key not in SECTIONS:
                hint = (
                    did_you_mean(key, [*SECTIONS, "results"]) or f"; sections are {one_of([*SECTIONS, 'results'], 20)}"
                )
                self.problems.append(root.problem(f"unknown section {key[:80]!r}{hint}", key, at_key=True))
            elif not isinstance(value, Located):
                self.problems.append(root.problem(f"{key} are a mapping from ids to records", key))
            else:
                self._take_section(key, value)

    def _take_section(self, section: str, entries: Located) -> None:
        noun, before = SINGULAR[section], ""
        self.seen[section] |= entries.nodes.keys()
        in_order = sorted(entries)
        for key, data in entries.items():
            key_node = entries.nodes[key][0]
            if not isinstance(data, Located):
                self.problems.append(entries.problem(f"{noun} {key[:80]!r} wants a mapping with keys", key))
                continue
            if not _is_id(key):
                self.problems.append(
                    problem_at(
                        entries.file,
                        key_node,
                        f"{key[:80]!r} is no id; write lower-case letters, digits, '.', '_' and '-'",
                    )
                )
            elif key < before:
                place = bisect_left(in_order, key)
                hint = f"move it after {in_order[place - 1]!r}" if place else "move it to the top"
                self.problems.append(problem_at(entries.file, key_node, f"{key!r} is out of order; {hint}"))
            before = max(before, key)
            if (first := self.drafts[section].get(key)) is not None:
                self.problems.append(
                    problem_at(entries.file, key_node, f"{noun} {key!r} is already in {first.origin}; keep one")
                )
                continue
            override = self._override(section, key, data, key_node)
            shorthand, problems = written_out(data, SECTIONS[section])
            self.problems += problems
            replaced = self.base.origins[section].get(key) if self.base and override else None
            origin = Origin(entries.file, key_node.start_mark.line + 1, replaced)
            self.drafts[section][key] = _Draft(section, key, shorthand, origin, override)

    def _override(self, section: str, key: str, data: Located, key_node: Any) -> bool:
        asked = data.get("override", False)
        noun = SINGULAR[section]
        exists = self.base is not None and self.base.has(section, key)
        if not isinstance(asked, bool):
            self.problems.append(data.problem("override is true or left out", "override"))
            return False
        if exists and not asked:
            where = self.base.origins[section].get(key) if self.base else None
            self.problems.append(
                problem_at(
                    data.file,
                    key_node,
                    f"{noun} {key!r} is already in {where}; say `override: true` in it, or choose another id",
                )
            )
        if asked and not exists:
            self.problems.append(
                data.problem(f"there is no {noun} {key!r} to override; remove this line", "override", at_key=True)
            )
        return asked and exists

    def finish(self) -> Store:
        """Validate everything and return it, or raise `DataError` with every problem."""
        records: dict[str, dict[str, Record | bytes]] = {}
        origins: dict[str, dict[str, Origin]] = {}
        for section, drafts in self.drafts.items():
            held: dict[str, Record | bytes] = dict(self.base.held(section)) if self.base else {}
            places = dict(self.base.origins[section]) if self.base else {}
            for key, draft in drafts.items():
                record = self._validated(draft)
                if record is not None:
                    held[key] = record
                elif isinstance(variants := draft.data.get("variants"), Located):
                    self.broken_variants |= variants.keys()
                places[key] = draft.origin
            records[section] = dict(sorted(held.items()))
            origins[section] = places
        store = Store.of(records, [], origins)
        self._check_together(store)
        results = self._results(store)
        if self.problems:
            raise DataError(self.problems)
        return Store.of(records, results, origins, self.base)

    def _knows(self, section: str, key: str) -> bool:
        return self.unread or key in self.seen[section] or (self.base is not None and self.base.has(section, key))

    def _unknown(self, section: str, key: str, also: Iterable[str] = ()) -> str:
        known = self.seen[section] | set(self.base.ids(section) if self.base else ()) | set(also)
        return f"unknown {SINGULAR[section]} {key[:80]!r}{did_you_mean(key, known) or f'; add it under `{section}:`'}"

    def _check_references(self, data: Located, record: type[Record]) -> None:
        for section, key, path in references(data, Shape("record", record=record)):
            if not self._knows(section, key) and key != NO_SOURCE:
                node = place_of(data, path, data.node)
                self.problems.append(problem_at(data.file, node, self._unknown(section, key)))

    def _validated(self, draft: _Draft) -> Record | None:
        kind = SECTIONS[draft.section]
        self._check_references(draft.data, kind)
        try:
            record = kind.model_validate(draft.data)
        except ValidationError as error:
            self.problems += faults(error, draft.data, kind)
            return None
        for path, message in checks.record_faults(draft.key, record):
            self.problems.append(problem_at(draft.data.file, place_of(draft.data, path, draft.data.node), message))
        return record

    def _check_together(self, store: Store) -> None:
        """Report names that two records claim, and models that descend from themselves."""
        for section, fields in (
            ("models", ("name", "aliases")),
            ("benchmarks", ("name", "aliases", "variants")),
        ):
            owners: dict[str, set[str]] = defaultdict(set)
            for key in store.ids(section):
                record = store.record(section, key)
                names = {name for field in fields for name in _names(getattr(record, field))} | {key}
                for name in names:
                    owners[name.casefold()].add(key)
            for name, keys in owners.items():
                mine = sorted(keys & set(self.drafts[section]))
                if len(keys) > 1 and mine:
                    others = one_of(sorted(keys - {mine[-1]}))
                    draft = self.drafts[section][mine[-1]]
                    self.problems.append(
                        draft.data.problem(f"the name {name!r} also belongs to {others}; give each its own")
                    )
        for key, message in checks.parent_cycles(store):
            if key in self.drafts["models"]:
                self.problems.append(self.drafts["models"][key].data.problem(message, "parent"))

    def _results(self, store: Store) -> list[Result]:
        variants = {
            variant: (key, settings)
            for key in store.ids("benchmarks")
            for variant, settings in _benchmark(store, key).variants.items()
        }
        entries: dict[Any, Entry] = {}
        results: dict[Any, Result] = {}
        for root in self.blocks:
            for entry in results_written_out(root["results"], root, self.problems):
                result = self._result(entry, store, variants)
                if result is None:
                    continue
                key = _identity(result)
                if (first := entries.get(key)) is not None:
                    self.problems.append(
                        entry.data.problem(
                            f"{_named(result)} in this setting is already in {first.data.file}:{first.line}; "
                            "keep one, or say what sets them apart"
                        )
                    )
                    continue
                entries[key], results[key] = entry, result
        return sorted([*results.values(), *self._kept_of_base(results, entries, store)], key=_order)

    def _kept_of_base(self, results: dict[Any, Result], entries: dict[Any, Entry], store: Store) -> Iterator[Result]:
        """Yield the results below that stay, of models with new ones; report what replaces one unasked, or nothing.

        Where a benchmark is overridden, all are looked at, and what no longer fits is reported.
        """
        sources = {result.source for result in results.values()}
        models = {result.model for result in results.values()}
        changed = {key: draft for key, draft in self.drafts["benchmarks"].items() if draft.override}
        replaced: set[Any] = set()
        asked = () if self.base is None else self.base.counts if changed else models & self.base.counts.keys()
        for below in (result for model in sorted(asked) for result in self.base.results_of(model)) if self.base else ():
            key = _identity(below) if below.source in sources else None
            if key in entries:
                replaced.add(key)
                if not entries[key].override:
                    message = f"{_named(below)} is already in the data below; say `override: true` to replace it"
                    self.problems.append(entries[key].data.problem(message))
                continue
            if (draft := changed.get(below.benchmark)) is not None and store.has("benchmarks", below.benchmark):
                for _, fault in checks.result_faults(below, _benchmark(store, below.benchmark)):
                    self.problems.append(draft.data.problem(f"{_named(below)}, below, no longer fits: {fault}"))
            yield below
        for key, entry in entries.items():
            if entry.override and key not in replaced:
                message = "there is no such result to override; remove this line"
                self.problems.append(entry.override.problem(message, "override", at_key=True))

    def _result(self, entry: Entry, store: Store, variants: dict[str, tuple[str, Settings]]) -> Result | None:
        data, name = entry.data, entry.variant
        known = True
        for field, section in (("model", "models"), ("source", "sources"), ("measured_by", "organizations")):
            key = data.get(field)
            if isinstance(key, str) and key != UNSAID_MEASURER and not self._knows(section, key):
                self.problems.append(data.problem(self._unknown(section, key), field))
                known = False
        if name in variants:
            data = self._of_variant(data, name, *variants[name])
        elif name in self.broken_variants:
            return None  # of a benchmark whose record has a fault of its own, reported there
        elif not self._knows("benchmarks", name):
            message = self._unknown("benchmarks", name, variants)
            self.problems.append(data.problem(message, "benchmark", at_key=True))
            return None
        try:
            result = Result.model_validate(data)
        except ValidationError as error:
            self.problems += faults(error, data, Result)
            return None
        if not store.has("benchmarks", result.benchmark):
            return None  # its record has a fault of its own, reported there
        found = list(checks.result_faults(result, _benchmark(store, result.benchmark)))
        for path, message in found:
            node = place_of(data, path, data.node, at_key=path[0] == "settings")
            self.problems.append(problem_at(data.file, node, message))
        return result if known and not found else None

    def _of_variant(self, data: Located, name: str, key: str, fixed: Settings) -> Located:
        """Return a result's data with the settings that the name of a variant stands for."""
        settings = data.get("settings")
        settings = settings if isinstance(settings, Located) else Located(data.file, data.node)
        facets = dict(settings.get("facets", {}))
        for facet, value in fixed.facets.items():
            if facets.get(facet, value) != value:
                message = f"{name!r} means {facet} {value!r}, not {facets[facet]!r}; write {key!r} instead"
                self.problems.append(settings.problem(message, facet))
            facets[facet] = value
        typed = {setting: getattr(fixed, setting) for setting in fixed.items() if setting not in fixed.facets}
        return data.but(benchmark=key, settings=settings.but(**typed, facets=facets))


def _is_id(key: str) -> bool:
    return (
        0 < len(key) <= 120
        and (key[0].isalnum())
        and key.isascii()
        and key == key.lower()
        and all(character.isalnum() or character in "._-" for character in key)
    )


def _names(value: Any) -> Iterable[str]:
    return (value,) if isinstance(value, str) else tuple(value)


def _benchmark(store: Store, key: str) -> Benchmark:
    record = store.record("benchmarks", key)
    assert isinstance(record, Benchmark)
    return record


def _named(result: Result) -> str:
    return f"{result.model} on {result.benchmark} from {result.source}"


def _identity(result: Result) -> Any:
    """Return what two results must differ in."""
    return (
        result.model,
        result.benchmark,
        result.source,
        result.settings.said,
        result.table,
        result.measured_by,
    )


def _order(result: Result) -> Any:
    return (
        result.model, result.benchmark, result.source, result.settings.said,
        result.table or "", result.measured_by or "", result.locator or "", result.score.text,
    )  # fmt: skip
