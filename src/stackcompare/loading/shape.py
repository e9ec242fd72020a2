"""The shape of a record's fields, read off its annotations: where facts, citations and references stand."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from stackcompare.records.base import Record, Reference
from stackcompare.records.claim import Fact


class Shape(NamedTuple):
    """What may stand at one place of a record."""

    kind: Literal["fact", "record", "list", "mapping", "plain"]
    inner: Shape | None = None
    """Shape of a fact's value, a list's items or a mapping's values."""
    record: type[Record] | None = None
    """The class, where a record stands here."""
    refers: str | None = None
    """Section that an id here refers to."""
    keys_refer: str | None = None
    """Section that the keys of a mapping refer to."""


@cache
def fields_of(record: type[Record]) -> dict[str, Shape]:
    """Return the shape of every field of a record class."""
    return {
        name: shape_of(Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation)
        for name, info in record.model_fields.items()
    }


def shape_of(annotation: Any) -> Shape:
    """Return the shape that an annotation describes."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        refers = next((extra.section for extra in args[1:] if isinstance(extra, Reference)), None)
        return shape_of(args[0])._replace(refers=refers) if refers else shape_of(args[0])
    if origin in (Union, types.UnionType):
        rest = [arg for arg in args if arg is not type(None)]
        return shape_of(rest[0]) if len(rest) == 1 else Shape("plain")
    if origin is tuple:
        return Shape("list", shape_of(args[0]))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return Shape("mapping", shape_of(args[1]), keys_refer=shape_of(args[0]).refers)
    if isinstance(annotation, type) and issubclass(annotation, Fact):
        return Shape("fact", shape_of(annotation.__pydantic_generic_metadata__["args"][0]))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Shape("record", record=annotation)
    return Shape("plain")


def references(
    data: object, shape: Shape, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Yield section, id and path of every reference inside canonical data of this shape."""
    if shape.refers is not None and isinstance(data, str):
        yield shape.refers, data, path
    elif shape.kind == "fact" and isinstance(data, (list, tuple)) and shape.inner:
        for place, claim in enumerate(data):
            if isinstance(claim, Mapping):
                yield from references(claim.get("value"), shape.inner, (*path, place, "value"))
                if isinstance(claim.get("source"), str):
                    yield "sources", claim["source"], (*path, place, "source")
    elif shape.kind == "record" and isinstance(data, Mapping) and shape.record:
        for name, field in fields_of(shape.record).items():
            if name in data:
                yield from references(data[name], field, (*path, name))
    elif shape.kind == "list" and isinstance(data, (list, tuple)) and shape.inner:
        for place, item in enumerate(data):
            yield from references(item, shape.inner, (*path, place))
    elif shape.kind == "mapping" and isinstance(data, Mapping) and shape.inner:
        for key, item in data.items():
            if shape.keys_refer:
                yield shape.keys_refer, key, (*path, key)
            yield from references(item, shape.inner, (*path, key))
