"""What pydantic found wrong, in words a curator can act on, at its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stackcompare.errors import Problem, did_you_mean, one_of
from stackcompare.loading.located import Located, LocatedList, place_of, problem_at
from stackcompare.loading.shape import Shape, fields_of
from stackcompare.records.base import Record
from stackcompare.records.claim import Claim


def faults(error: ValidationError, data: Located, record: type[Record]) -> Iterator[Problem]:
    """Yield one problem for each thing that validation found wrong, without repeating what was reported."""
    details = error.errors(include_url=False, include_context=True)
    paths = [detail["loc"] for detail in details]
    for detail in details:
        path = detail["loc"]
        if detail["type"] == "too_short" and any(len(p) > len(path) and p[: len(path)] == path for p in paths):
            continue  # what is missing there was reported itself
        if path and _was_reported(data, path):
            continue
        unknown = detail["type"] == "extra_forbidden"
        if path and (path[0] in data.broken or (path[0] == "active_params" and "active_params" not in data)):
            continue
        node = place_of(data, path, data.node, at_key=unknown)
        yield problem_at(data.file, node, _words(detail, record))


def _was_reported(data: Any, path: tuple[str | int, ...]) -> bool:
    """Return whether what stands at a path, or around it, was already reported while reading the file."""
    for step in path:
        if isinstance(data, Located) and step in data.broken:
            return True
        if isinstance(data, LocatedList) and len(data) < len(data.node.value):
            return True
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(data, LocatedList) and len(data) < len(data.node.value)


def _words(detail: ErrorDetails, record: type[Record]) -> str:
    path = [str(step) for step in detail["loc"] if not isinstance(step, int) and step != "value"]
    name = path[-1] if path else record.__name__.lower()
    context: Mapping[str, Any] = detail.get("ctx", {})
    given = _shape(detail["input"])
    match detail["type"]:
        case "missing" if isinstance(detail["loc"][-1], int):
            return f"{name!r} wants two entries; write [least, greatest]"
        case "too_long":
            return f"{name!r} wants at most {context.get('max_length')} entries; take some out"
        case "missing":
            return f"no {detail['loc'][-1]!r}; it must be given"
        case "extra_forbidden":
            keys = _keys_at(record, detail["loc"][:-1])
            hint = did_you_mean(name, keys) or (f"; known are {one_of(sorted(keys), 40)}" if keys else "; remove it")
            return f"unknown key {name[:80]!r}{hint}"
        case "string_type":
            return f"{name!r} wants text, not {given}; put a text in quotes"
        case "string_too_short":
            return f"{name!r} is empty; write something, or leave the line out"
        case "string_too_long":
            return f"{name!r} has more than {context.get('max_length')} characters; shorten it"
        case "string_pattern_mismatch":
            if "https" in str(context.get("pattern")):
                return f"{name!r} wants an address that begins with https:// or http://, not {given}"
            return f"{given} is no id; write lower-case letters, digits, '.', '_' and '-', such as 'aster-2'"
        case "literal_error":
            expected = str(context.get("expected", ""))
            known = [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]
            guess = did_you_mean(str(detail["input"]), known) if isinstance(detail["input"], str) else ""
            return f"{name!r} is one of {expected}, not {given}{guess}"
        case "int_type" | "int_from_float" | "int_parsing" | "greater_than_equal" | "less_than_equal":
            return f"{name!r} wants a whole number from 0 on, not {given}"
        case "bool_type":
            return f"{name!r} wants true or false, not {given}"
        case "tuple_type" | "list_type":
            return f"{name!r} wants a list, not {given}; write [{_bare(detail['input'])}]"
        case "dict_type" | "mapping_type" | "model_type" | "model_attributes_type":
            return f"{name!r} wants a mapping with keys, not {given}"
        case "too_short":
            return f"{name!r} wants at least {context.get('min_length')} entries; add what is missing"
        case "value_error":
            return str(context.get("error"))
        case _:
            return f"{name!r}: {detail['msg']}, not {given}"


def _shape(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _bare(value: object) -> str:
    return str(value)[:40] if isinstance(value, (str, int)) else "..."


def _keys_at(record: type[Record], path: tuple[str | int, ...]) -> set[str]:
    """Return the keys that may stand at `path` inside a record."""
    here: Shape | None = Shape("record", record=record)
    for step in path:
        if here is None:
            return set()
        if here.kind == "record" and here.record is not None:
            here = fields_of(here.record).get(str(step))
        elif here.kind == "fact":
            here = Shape("record", record=Claim) if isinstance(step, int) else None
        else:
            here = here.inner
    if here is None or here.record is None:
        return set()
    return set(here.record.model_fields) | ({"source", "locator", "override"} if here.record is record else set())
