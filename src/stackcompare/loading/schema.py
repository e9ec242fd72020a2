"""The JSON Schema of data files, made from the records, so that editors complete and explain."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

from pydantic.json_schema import models_json_schema

from stackcompare.loading.blocks import NO_SCORE, RESULT_KEYS
from stackcompare.records import SECTIONS, Claim, Settings
from stackcompare.records.base import ID_PATTERN, Record
from stackcompare.records.result import Result

Schema = dict[str, Any]


def file_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of one data file, every key with its explanation."""
    kinds: list[type[Record]] = [*SECTIONS.values(), Result, Settings]
    _, whole = models_json_schema([(kind, "validation") for kind in kinds], ref_template="#/$defs/{model}")
    defs: dict[str, Schema] = whole["$defs"]
    for record in _all_records(kinds):
        if record.__name__ in defs:
            _explain(defs[record.__name__], record)
    for name, schema in defs.items():
        if name.startswith("Claim_"):
            _explain(schema, Claim)
        # A record's default source stands behind whatever names none.
        schema["required"] = [key for key in schema.get("required", []) if key != "source"]
        if not schema["required"]:
            del schema["required"]
    defs["Settings"] = _settings(defs["Settings"])
    result = defs.pop("Result")
    inline = defs["Settings"]["properties"]
    defs["Score"], defs["Block"], defs["Table"] = _score(result, inline), _block(result), _table(result, inline)
    sections: Schema = {}
    for section, record in SECTIONS.items():
        definition = defs[record.__name__]
        if section != "sources":
            definition["properties"] |= {
                "source": {
                    "type": "string",
                    "description": "Id of the document behind every value that names none.",
                },
                "locator": {"type": "string", "description": "Where in that document, for the same values."},
            }
        definition["properties"]["override"] = {
            "type": "boolean",
            "description": "Whether this replaces a record below.",
        }
        summary = (inspect.getdoc(record) or "").splitlines()[0]
        sections[section] = {
            "type": "object",
            "description": f"By id: {summary}",
            "propertyNames": {"pattern": ID_PATTERN},
            "additionalProperties": {"$ref": f"#/$defs/{record.__name__}"},
        }
    blocks = {"anyOf": [{"$ref": "#/$defs/Block"}, {"$ref": "#/$defs/Table"}]}
    sections["results"] = {
        "type": "array",
        "description": "Blocks of results: columns or whole tables.",
        "items": blocks,
    }
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "stackcompare data file",
        "type": "object",
        "additionalProperties": False,
        "properties": sections,
        "$defs": dict(sorted(defs.items())),
    }
    _forbid_null(whole)
    return whole


def _forbid_null(schema: Any) -> None:
    """Take out `null`: in data files, what is not reported has no line."""
    if isinstance(schema, list):
        for item in schema:
            _forbid_null(item)
    elif isinstance(schema, dict):
        if schema.get("default", ...) is None:
            del schema["default"]
        schema.pop("title", None) if isinstance(schema.get("title"), str) and "$schema" not in schema else None
        options = schema.get("anyOf")
        if isinstance(options, list) and {"type": "null"} in options:
            rest = [option for option in options if option != {"type": "null"}]
            if len(rest) == 1:
                del schema["anyOf"]
                schema |= {key: value for key, value in rest[0].items() if key not in schema}
            else:
                schema["anyOf"] = rest
        for value in list(schema.values()):
            _forbid_null(value)


def _all_records(kinds: list[type[Record]]) -> list[type[Record]]:
    found: dict[str, type[Record]] = {kind.__name__: kind for kind in kinds}
    for kind in Record.__subclasses__():
        found.setdefault(kind.__name__, kind)
    return list(found.values())


def _explain(schema: Schema, record: type[Record]) -> None:
    """Give every property the sentence that stands under its field."""
    for name, sentence in docstrings_of(record).items():
        if name in schema.get("properties", {}):
            schema["properties"][name]["description"] = sentence
    schema["description"] = (inspect.getdoc(record) or "").splitlines()[0]


def docstrings_of(record: type[Record]) -> dict[str, str]:
    """Return the sentence under each field of a record class, by the field's name."""
    body = ast.parse(textwrap.dedent(inspect.getsource(record))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            found[field.target.id] = inspect.cleandoc(below.value.value).replace("\n", " ")
    return found


def _settings(schema: Schema) -> Schema:
    properties = {name: held for name, held in schema["properties"].items() if name != "facets"}
    names = {"type": "array", "items": {"type": "string"}}
    for name in ("tools", "inferred"):
        properties[name] = {
            "anyOf": [{"type": "string"}, names],
            "description": properties[name]["description"],
        }
    return {
        **schema,
        "properties": properties,
        "additionalProperties": {"type": "string", "description": "A facet that the benchmark declares."},
    }


def _shared(result: Schema) -> Schema:
    shared = {name: result["properties"][name] for name in RESULT_KEYS}
    shared["settings"] = {"$ref": "#/$defs/Settings"}
    shared["override"] = {"type": "boolean", "description": "Whether this replaces a result below."}
    return shared


def _score(result: Schema, settings: Schema) -> Schema:
    quantity = result["properties"]["score"]
    return {
        "anyOf": [
            quantity,
            {
                "type": "object",
                "description": "A score with what is particular to it; settings may stand without the word.",
                "properties": {"score": quantity, **settings, **_shared(result)},
                "required": ["score"],
            },
        ]
    }


def _block(result: Schema) -> Schema:
    score = {"$ref": "#/$defs/Score"}
    return {
        "type": "object",
        "description": "One column of a table: one model, several benchmarks.",
        "properties": {
            "model": result["properties"]["model"],
            **_shared(result),
            "scores": {
                "type": "object",
                "description": "Scores by the id of the benchmark or of a variant of it.",
                "additionalProperties": {"anyOf": [score, {"type": "array", "items": score}]},
            },
        },
        "required": ["model", "scores"],
        "additionalProperties": False,
    }


def _table(result: Schema, settings: Schema) -> Schema:
    shared = _shared(result)
    column = {
        "type": "object",
        "properties": {"model": result["properties"]["model"], **shared},
        "required": ["model"],
        "additionalProperties": False,
    }
    row = {
        "type": "object",
        "properties": {
            "benchmark": {"type": "string", "description": "Id of the benchmark or of a variant of it."},
            "row": {"type": "string", "description": "The row's label as printed, for the locator."},
            "scores": {
                "type": "array",
                "description": "One cell a column; `none` for an empty one.",
                "items": {"anyOf": [{"enum": list(NO_SCORE)}, {"$ref": "#/$defs/Score"}]},
            },
            **settings,
            **shared,
        },
        "required": ["benchmark", "scores"],
    }
    return {
        "type": "object",
        "description": "A whole table: rows are benchmarks, columns are models.",
        "properties": {
            **shared,
            "columns": {"type": "array", "items": {"anyOf": [{"type": "string"}, column]}},
            "rows": {"type": "array", "items": row},
        },
        "required": ["columns", "rows"],
        "additionalProperties": False,
    }
