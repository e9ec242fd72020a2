"""The curator's shorthand, written out: what a file says briefly becomes what the records hold.

A field that holds a fact takes a bare value (the record's `source` stands behind it), a claim, or a list of
claims. Results come in blocks: one column of a table (`model` and `scores`), or a whole table (`columns` and
`rows`). Everything stays tied to its place in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from stackcompare.errors import Problem, did_you_mean
from stackcompare.loading.located import Located, LocatedList, problem_at
from stackcompare.loading.shape import Shape, fields_of
from stackcompare.records.base import Record
from stackcompare.records.result import Result
from stackcompare.records.settings import FIELDS as SETTINGS
from stackcompare.records.settings import Settings

DEFAULTS: Final = ("source", "locator")
"""Keys that a record may carry as defaults for its facts."""
NO_SOURCE: Final = "unsaid"
"""Stands for a source that was reported missing."""
NO_SCORE: Final = frozenset({"none", "-", "—"})
"""What stands in a cell of a table for which the document prints no score."""
RESULT_KEYS: Final = tuple(
    name for name in Result.model_fields if name not in {"model", "benchmark", "settings", "score"}
)
_SHARED: Final = (*RESULT_KEYS, "settings", "override")
BLOCK_KEYS: Final = ("model", "scores", *_SHARED)
TABLE_KEYS: Final = ("columns", "rows", *_SHARED)
COLUMN_KEYS: Final = ("model", *_SHARED)
ROW_KEYS: Final = ("benchmark", "row", "scores", *_SHARED, *SETTINGS)
SCORE_KEYS: Final = ("score", *_SHARED, *SETTINGS)


def written_out(data: Located, record: type[Record]) -> tuple[Located, list[Problem]]:
    """Return a record's mapping with its facts as lists of cited claims, and what is wrong with it."""
    problems: list[Problem] = []
    fields = fields_of(record)
    defaults = {key: data[key] for key in DEFAULTS if key in data and key not in fields}
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


class Entry(NamedTuple):
    """A result as a file states it, ready to be validated."""

    data: Located
    """The fields of a `Result`."""
    variant: str
    """The benchmark's id, or that of a variant, as written."""
    override: bool
    """Whether it may stand in for one below."""

    @property
    def line(self) -> int:
        """Line on which it stands."""
        return int(self.data.node.start_mark.line) + 1


def results_written_out(blocks: Any, holder: Located, problems: list[Problem]) -> Iterator[Entry]:
    """Yield every result of the `results:` section; what is wrong with a block goes to `problems`."""
    if not isinstance(blocks, LocatedList):
        problems.append(
            holder.problem("a list of blocks is wanted here; begin each with `- model:` or `- columns:`", "results")
        )
        return
    for node, block in zip(blocks.nodes, blocks, strict=True):
        if not isinstance(block, Located):
            problems.append(
                problem_at(holder.file, node, "a block is wanted here: a mapping with `model` and `scores`")
            )
        elif "columns" in block or "rows" in block:
            yield from _table(block, problems)
        else:
            yield from _column(block, problems)


def _column(block: Located, problems: list[Problem]) -> Iterator[Entry]:
    _refuse_unknown(block, BLOCK_KEYS, "block", problems)
    _require(block, ("model", "scores"), "block", problems)
    scores = block.get("scores")
    if not isinstance(scores, Located):
        if "scores" in block:
            problems.append(
                block.problem("benchmark ids with their scores are wanted here, such as `exam: 77.50`", "scores")
            )
        return
    for benchmark, stated in scores.items():
        for score in stated if isinstance(stated, LocatedList) else [stated]:
            where = scores.nodes[benchmark]
            yield from _entry(benchmark, where, score, [block], problems)


def _table(block: Located, problems: list[Problem]) -> Iterator[Entry]:
    _refuse_unknown(block, TABLE_KEYS, "table", problems)
    _require(block, ("columns", "rows"), "table", problems)
    columns, rows = block.get("columns"), block.get("rows")
    for key, value in (("columns", columns), ("rows", rows)):
        if key in block and not isinstance(value, LocatedList):
            problems.append(block.problem(f"a list is wanted here: the {key} of the table in their order", key))
    if not isinstance(columns, LocatedList) or not isinstance(rows, LocatedList):
        return
    heads: list[Located] = []
    for node, column in zip(columns.nodes, columns, strict=True):
        if isinstance(column, str):
            head = Located(block.file, node)
            head["model"] = column
            head.nodes["model"] = (node, node)
            heads.append(head)
        elif isinstance(column, Located):
            _refuse_unknown(column, COLUMN_KEYS, "column", problems)
            _require(column, ("model",), "column", problems)
            heads.append(column)
        else:
            problems.append(problem_at(block.file, node, "a column is a model's id, or a mapping with `model`"))
            return
    for node, row in zip(rows.nodes, rows, strict=True):
        if not isinstance(row, Located):
            problems.append(
                problem_at(block.file, node, "a row is a mapping: {benchmark: exam, scores: [83.73, 86.70]}")
            )
            continue
        _require(row, ("benchmark", "scores"), "row", problems)
        scores, benchmark = row.get("scores"), row.get("benchmark")
        if not isinstance(scores, LocatedList) or not isinstance(benchmark, str):
            if "scores" in row and not isinstance(scores, LocatedList):
                problems.append(
                    row.problem(
                        "a list is wanted here: the row's scores, one a column, `none` for an empty cell",
                        "scores",
                    )
                )
            elif "benchmark" in row and not isinstance(benchmark, str):
                problems.append(row.problem("the id of a benchmark is wanted here", "benchmark"))
            continue
        if len(scores.node.value) != len(heads):
            problems.append(
                row.problem(
                    f"{len(scores.node.value)} scores for {len(heads)} columns; write `none` for an empty cell",
                    "scores",
                )
            )
            continue
        if len(scores) != len(heads):
            continue
        for head, cell, cell_node in zip(heads, scores, scores.nodes, strict=True):
            if cell not in NO_SCORE if isinstance(cell, str) else True:
                yield from _entry(benchmark, (row.nodes["benchmark"][1], cell_node), cell, [block, head, row], problems)


def _entry(
    benchmark: str, where: tuple[Any, Any], score: Any, levels: list[Located], problems: list[Problem]
) -> Iterator[Entry]:
    """Yield the result that stands here: each level adds to, or replaces, what the ones above it say."""
    outer = levels[0]
    stated = score
    if not isinstance(score, Located):
        stated = Located(outer.file, where[1])
        stated["score"] = score
        stated.nodes["score"] = (where[0], where[1])
    elif not _require(stated, ("score",), "score", problems):
        return
    data = Located(outer.file, stated.node)
    settings = Located(outer.file, stated.node)
    for level in (*levels, stated):
        inline = level is stated or "benchmark" in level
        for key, value in level.items():
            if key == "settings":
                if isinstance(value, Located):
                    _take(settings, value, value.keys())
                else:
                    problems.append(level.problem("settings are a mapping: {tools: none, repeats: 8}", "settings"))
            elif key in RESULT_KEYS or key in {"score", "model"}:
                if not (level is not stated and key == "score"):
                    _take(data, level, (key,))
            elif inline and key not in {"benchmark", "row", "scores", "override", "columns", "rows"}:
                _take(settings, level, (key,))
    row = levels[-1].get("row") if "benchmark" in levels[-1] else None
    if "locator" not in data and ("table" in data or row):
        parts = [str(data["table"])] if "table" in data else []
        data["locator"] = ", ".join([*parts, f"row {row}"] if row else parts)
    data["benchmark"] = benchmark
    data.nodes["benchmark"] = where
    if settings:
        data["settings"] = settings_written_out(settings)
        data.nodes["settings"] = (stated.node, stated.node)
    override = any(level.get("override") is True for level in (*levels, stated))
    yield Entry(data, benchmark, override)


def _take(target: Located, origin: Located, keys: Any) -> None:
    for key in keys:
        if key in origin:
            target[key] = origin[key]
            target.nodes[key] = origin.nodes[key]


def _refuse_unknown(data: Located, known: tuple[str, ...], what: str, problems: list[Problem]) -> None:
    for key in data:
        if key not in known:
            hint = did_you_mean(key, known) or f"; a {what} has {', '.join(known[:6])} ..."
            problems.append(data.problem(f"unknown key {key[:80]!r} in a {what}{hint}", key, at_key=True))


def _require(data: Located, keys: tuple[str, ...], what: str, problems: list[Problem]) -> bool:
    missing = [key for key in keys if key not in data and key not in data.broken]
    problems += [data.problem(f"this {what} has no `{key}`; add it") for key in missing]
    return not missing and all(key in data for key in keys)
