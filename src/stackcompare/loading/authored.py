"""The curator's shorthand, written out: what a file says briefly becomes what the records hold.

A field that holds a fact takes a bare value (the record's `source` stands behind it), a claim, or a list of
claims. Everything stays tied to its place in the file. Results have a shorthand of their own: see `blocks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stackcompare.errors import Problem
from stackcompare.loading.located import Located, LocatedList
from stackcompare.loading.shape import Shape, fields_of
from stackcompare.records.base import Record
from stackcompare.records.settings import FIELDS as SETTINGS
from stackcompare.records.settings import Settings

DEFAULTS: Final = ("source", "locator")
"""Keys that a record may carry as defaults for its facts."""
NO_SOURCE: Final = "unsaid"
"""Stands for a source that was reported missing."""


def written_out(data: Located, record: type[Record]) -> tuple[Located, list[Problem]]:
    """Return a record's mapping with its facts as lists of cited claims, and what is wrong with it."""
    problems: list[Problem] = []
    fields = fields_of(record)
    defaults = {key: data[key] for key in DEFAULTS if key in data}
    changes = {
        name: _written_out(data[name], shape, defaults, data, name, problems)
        for name, shape in fields.items()
        if name in data
    }
    surplus = [key for key in (*defaults, "override") if key in data and key not in fields]
    return data.but(**changes).without(*surplus), problems


def _written_out(
    value: Any, shape: Shape, defaults: Mapping[str, Any], holder: Located, key: str, problems: list[Problem]
) -> Any:
    inner = shape.inner
    if shape.kind == "fact" and inner is not None:
        claims = value if _is_list_of_claims(value) else [value]
        return [_claim(claim, defaults, holder, key, problems) for claim in claims]
    if shape.record is Settings and isinstance(value, Located):
        return settings_written_out(value)
    if shape.kind == "record" and shape.record is not None and isinstance(value, Located):
        fields = fields_of(shape.record)
        changes = {
            name: _written_out(value[name], field, defaults, value, name, problems)
            for name, field in fields.items()
            if name in value
        }
        if "source" in fields and "source" not in value and "source" not in value.broken:
            if "source" in defaults:
                changes |= {name: text for name, text in defaults.items() if name in fields and name not in value}
            else:
                problems.append(value.problem("no source; give this entry a `source:`, or the record a default one"))
        return value.but(**changes)
    if shape.kind == "list" and inner is not None and isinstance(value, LocatedList):
        return _like(value, [_written_out(item, inner, defaults, holder, key, problems) for item in value])
    if shape.kind == "mapping" and inner is not None and isinstance(value, Located):
        return value.but(**{k: _written_out(v, inner, defaults, value, k, problems) for k, v in value.items()})
    return value


def _is_list_of_claims(value: Any) -> bool:
    return isinstance(value, LocatedList) and any(isinstance(item, Mapping) for item in value)


def _like(original: LocatedList, items: list[Any]) -> LocatedList:
    copy = LocatedList(original.file, original.node)
    copy.extend(items)
    copy.nodes = original.nodes
    return copy


def _claim(
    claim: Any, defaults: Mapping[str, Any], holder: Located, key: str, problems: list[Problem]
) -> Mapping[str, Any]:
    located = claim if isinstance(claim, Located) else None
    stated: Mapping[str, Any] = {"value": claim} if located is None else located
    if "source" in stated or (located is not None and "source" in located.broken):
        return stated
    missing = {name: text for name, text in defaults.items() if name not in stated}
    if "source" not in defaults:
        message = f"no source for {key!r}; give the record a `source:`, or this value its own"
        problems.append(holder.problem(message, key) if located is None else located.problem(message))
        missing["source"] = NO_SOURCE
    return {**stated, **missing} if located is None else located.but(**missing)


def settings_written_out(data: Located) -> Located:
    """Return a mapping of settings with tools as a list and the benchmark's own facets apart."""
    changes: dict[str, Any] = {}
    tools = data.get("tools")
    if isinstance(tools, str):
        changes["tools"] = [] if tools == "none" else [tools]
    facets = {key: value for key, value in data.items() if key not in SETTINGS and key not in {"facets", "inferred"}}
    if facets:
        own = Located(data.file, data.node)
        own.update(facets)
        own.nodes = data.nodes
        changes["facets"] = own
    if isinstance(data.get("inferred"), str):
        changes["inferred"] = [data["inferred"]]
    return data.but(**changes).without(*facets)
