"""Results as a curator transcribes them: one column of a table, or a whole table.

A column has `model` and `scores`, a table `columns` and `rows`. What a block says once holds for all its scores; a
column, a row and a score each add to it or replace it. What one of them calls inferred stays so until another states
it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from stackcompare.errors import Problem, did_you_mean
from stackcompare.loading.authored import settings_written_out
from stackcompare.loading.located import Located, LocatedList, Node, problem_at
from stackcompare.records.result import Result

NO_SCORE: Final = ("none", "-", "—")
"""What stands in a cell of a table for which the document prints no score."""
_OWN: Final = frozenset({"model", "benchmark", "settings", "score"})
RESULT_KEYS: Final = tuple(name for name in Result.model_fields if name not in _OWN)
"""Keys that any level may say."""
_SHARED: Final = (*RESULT_KEYS, "settings", "override")
_KEYS: Final = {
    "block": ("model", "scores", *_SHARED),
    "table": ("columns", "rows", *_SHARED),
    "column": ("model", *_SHARED),
    "row": ("benchmark", "row", "scores", *_SHARED),
    "score": ("score", *_SHARED),
}
"""Keys of each level; a row and a score may also hold settings without the word."""
_STRUCTURE: Final = frozenset({"model", "benchmark", "row", "scores", "columns", "rows", "score"})
"""Keys that say what a result is of; none of them can be the name of a setting."""


class Entry(NamedTuple):
    """A result as a file states it, ready to be validated."""

    data: Located
    """The fields of a `Result`."""
    variant: str
    """The benchmark's id, or that of a variant, as written."""
    override: Located | None
    """The level that says `override: true`, where one does."""

    @property
    def line(self) -> int:
        """Line on which it stands."""
        return int(self.data.node.start_mark.line) + 1


def results_written_out(blocks: Any, holder: Located, problems: list[Problem]) -> Iterator[Entry]:
    """Yield every result of the `results:` section; what is wrong with a block goes to `problems`."""
    if not isinstance(blocks, LocatedList):
        message = "a list of blocks is wanted here; begin each with `- model:` or `- columns:`"
        problems.append(holder.problem(message, "results"))
        return
    for node, block in zip(blocks.nodes, blocks, strict=True):
        if not isinstance(block, Located):
            message = "a block is wanted here: a mapping with `model` and `scores`"
            problems.append(problem_at(holder.file, node, message))
        elif "columns" in block or "rows" in block:
            yield from _table(block, problems)
        else:
            yield from _column(block, problems)


def _column(block: Located, problems: list[Problem]) -> Iterator[Entry]:
    _check_keys(block, "block", problems)
    scores = block.get("scores")
    if not isinstance(scores, Located):
        if "scores" in block:
            message = "benchmark ids with their scores are wanted here, such as `exam: 77.50`"
            problems.append(block.problem(message, "scores"))
        return
    if not _has_source(block, [scores[key] for key in scores], problems) or "model" not in block:
        return
    for benchmark, stated in scores.items():
        several = stated if isinstance(stated, LocatedList) else [stated]
        if not several:
            problems.append(scores.problem("there is no score here; write one, or leave the line out", benchmark))
        for score in several:
            yield from _entry(benchmark, scores.nodes[benchmark], score, [block], None, problems)


def _table(block: Located, problems: list[Problem]) -> Iterator[Entry]:
    _check_keys(block, "table", problems)
    columns, rows = block.get("columns"), block.get("rows")
    for key, value in (("columns", columns), ("rows", rows)):
        if key in block and not isinstance(value, LocatedList):
            problems.append(block.problem(f"a list is wanted here: the {key} of the table in their order", key))
    if not isinstance(columns, LocatedList) or not isinstance(rows, LocatedList):
        return
    heads = [_head(node, column, block, problems) for node, column in zip(columns.nodes, columns, strict=True)]
    if None in heads or len(heads) < len(columns.node.value):
        return
    cells = [cell for row in rows if isinstance(row, Located) for cell in _list(row.get("scores"))]
    if not _has_source(block, [*heads, *rows, *cells], problems):
        return
    for node, row in zip(rows.nodes, rows, strict=True):
        if not isinstance(row, Located):
            message = "a row is a mapping: {benchmark: exam, scores: [83.73, 86.70]}"
            problems.append(problem_at(block.file, node, message))
        else:
            yield from _row(block, [head for head in heads if head is not None], row, problems)


def _head(node: Node, column: Any, block: Located, problems: list[Problem]) -> Located | None:
    if isinstance(column, str):
        head = Located(block.file, node)
        head["model"] = column
        head.nodes["model"] = (node, node)
        return head
    if isinstance(column, Located):
        return column if _check_keys(column, "column", problems) else None
    problems.append(problem_at(block.file, node, "a column is a model's id, or a mapping with `model`"))
    return None


def _row(block: Located, heads: list[Located], row: Located, problems: list[Problem]) -> Iterator[Entry]:
    _check_keys(row, "row", problems)
    scores, benchmark = row.get("scores"), row.get("benchmark")
    if "benchmark" in row and not isinstance(benchmark, str):
        problems.append(row.problem("the id of a benchmark is wanted here", "benchmark"))
    if "row" in row and not isinstance(row["row"], str):
        problems.append(row.problem("the row's label as printed is wanted here; put a text in quotes", "row"))
    if "scores" in row and not isinstance(scores, LocatedList):
        message = "a list is wanted here: the row's scores, one a column, `none` for an empty cell"
        problems.append(row.problem(message, "scores"))
    if not isinstance(scores, LocatedList) or not isinstance(benchmark, str):
        return
    written = len(scores.node.value)
    if written != len(heads):
        message = f"{written} scores for {len(heads)} columns; write `none` for an empty cell"
        problems.append(row.problem(message, "scores"))
    elif len(scores) == written:
        for head, cell, node in zip(heads, scores, scores.nodes, strict=True):
            if cell not in NO_SCORE if isinstance(cell, str) else True:
                where = (row.nodes["benchmark"][1], node)
                yield from _entry(benchmark, where, cell, [block, head, row], row, problems)


def _entry(
    benchmark: str,
    where: tuple[Node, Node],
    score: Any,
    levels: list[Located],
    row: Located | None,
    problems: list[Problem],
) -> Iterator[Entry]:
    """Yield the result that stands here: each level adds to, or replaces, what the ones above it say."""
    if isinstance(score, Located):
        stated = score
        if not _check_keys(stated, "score", problems):
            return
    else:
        stated = Located(levels[0].file, where[1])
        stated["score"] = score
        stated.nodes["score"] = where
    data = Located(levels[0].file, stated.node)
    settings = Located(levels[0].file, stated.node)
    for level in (*levels, stated):
        _take(data, level, (key for key in level if key in RESULT_KEYS))
        held = level.get("settings")
        if isinstance(held, Located):
            _say(settings, held, held)
        elif "settings" in level:
            problems.append(level.problem("settings are a mapping: {tools: none, repeats: 8}", "settings"))
        if level is row or level is stated:
            _say(settings, level, [key for key in level if key not in _SHARED and key not in _STRUCTURE])
        _take(data, level, (key for key in ("model",) if level is not row and level is not stated and key in level))
    _take(data, stated, ("score",))
    label = row.get("row") if row is not None else None
    if "locator" not in data and ("table" in data or label):
        parts = [str(data["table"])] if "table" in data else []
        data["locator"] = ", ".join([*parts, f"row {label}"] if label else parts)
    data["benchmark"] = benchmark
    data.nodes["benchmark"] = where
    if settings:
        data["settings"] = settings_written_out(settings)
        data.nodes["settings"] = (stated.node, stated.node)
    asked = [level for level in (*levels, stated) if "override" in level]
    problems += [
        level.problem("override is true or left out", "override")
        for level in asked
        if not isinstance(level["override"], bool)
    ]
    yield Entry(data, benchmark, next((level for level in reversed(asked) if level["override"] is True), None))


def _say(settings: Located, level: Located, keys: Collection[str]) -> None:
    """Add what a level says to the settings; what it says anew counts as stated unless it is `inferred` here too."""
    before = settings.get("inferred")
    _take(settings, level, keys)
    if before is None:
        return
    own = level.get("facets")
    anew = {*keys, *(own if isinstance(own, Mapping) else ())}
    marks = [name for name in _as_list(before) if name not in anew]
    if "inferred" in keys:
        marks += _as_list(level["inferred"])
    settings["inferred"] = marks if any(not isinstance(name, str) for name in marks) else list(dict.fromkeys(marks))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _take(target: Located, origin: Located, keys: Iterable[str]) -> None:
    for key in keys:
        target[key] = origin[key]
        target.nodes[key] = origin.nodes[key]


def _check_keys(data: Located, what: str, problems: list[Problem]) -> bool:
    """Report keys that a level cannot have and those that it lacks; return whether it has what it needs."""
    known = _KEYS[what]
    free = what in ("row", "score")
    for key in data:
        if key not in known and (not free or key in _STRUCTURE):
            hint = did_you_mean(key, known) or f"; a {what} has {', '.join(known[:6])} ..."
            problems.append(data.problem(f"{key[:80]!r} cannot stand in a {what}{hint}", key, at_key=True))
    needed = {"block": ("model", "scores"), "table": ("columns", "rows"), "column": ("model",)}.get(what, ())
    needed = {"row": ("benchmark", "scores"), "score": ("score",)}.get(what, needed)
    missing = [key for key in needed if key not in data and key not in data.broken]
    problems += [data.problem(f"this {what} has no `{key}`; add it") for key in missing]
    return all(key in data for key in needed)


def _has_source(block: Located, inside: Iterable[Any], problems: list[Problem]) -> bool:
    """Return whether a block, or something inside it, names a document; report it once where nothing does."""
    if "source" in block or "source" in block.broken:
        return True
    levels = [each for held in inside for each in (held if isinstance(held, LocatedList) else [held])]
    if any(isinstance(level, Located) and "source" in level for level in levels):
        return True
    problems.append(block.problem("this block has no `source`; name the document that prints these scores"))
    return False


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, LocatedList) else []
