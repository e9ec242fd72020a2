"""YAML with its places: the only module that knows YAML.

A file becomes plain values whose mappings and lists remember where each part stands, so that whatever is
found wrong later can be told as file, line and column. Numbers keep their digits (`Decimal`), nothing is
guessed: what other YAML readers would take for something else than it looks is refused, with the fix named.
"""

from __future__ import annotations

import os
import re
import stat
import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from stackcompare.errors import Problem

MOST_BYTES: Final = 24 * 2**20
"""Size beyond which a file is not read: several times the whole bundled data."""
DEEPEST: Final = 24
"""Nesting beyond which a value is not read: the format needs eight."""

Node = yaml.nodes.Node


class Located(dict[str, Any]):
    """A mapping that knows where its keys and values stand."""

    __slots__ = ("broken", "file", "node", "nodes")

    def __init__(self, file: str, node: Node) -> None:
        self.file = file
        self.node = node
        self.nodes: dict[str, tuple[Node, Node]] = {}
        self.broken: set[str] = set()
        """Keys whose value was already reported and left out."""

    def but(self, **changes: Any) -> Located:
        """Return a copy with some values replaced or added; places stay."""
        copy = Located(self.file, self.node)
        copy.update(self, **changes)
        copy.nodes = self.nodes
        copy.broken = self.broken
        return copy

    def without(self, *keys: str) -> Located:
        """Return a copy that lacks some keys."""
        copy = self.but()
        for key in keys:
            copy.pop(key, None)
        return copy

    def problem(self, message: str, key: str | None = None, *, at_key: bool = False) -> Problem:
        """Return a problem at the value of `key`, at the key itself, or at the whole mapping."""
        pair = self.nodes.get(key) if key is not None else None
        node = self.node if pair is None else pair[0] if at_key else pair[1]
        return problem_at(self.file, node, message)


class LocatedList(list[Any]):
    """A list that knows where its items stand."""

    __slots__ = ("file", "node", "nodes")

    def __init__(self, file: str, node: Node) -> None:
        self.file = file
        self.node = node
        self.nodes: list[Node] = []


def problem_at(file: str, node: Node, message: str) -> Problem:
    """Return a problem at the start of `node`."""
    mark = node.start_mark
    return Problem(file, mark.line + 1, mark.column + 1, message)


def place_of(data: object, path: tuple[str | int, ...], fallback: Node, *, at_key: bool = False) -> Node:
    """Return the node nearest to where `path` leads inside `data`."""
    node = fallback
    for step in path:
        if isinstance(data, Located) and step in data.nodes:
            key_node, node = data.nodes[str(step)]
            if at_key and step == path[-1]:
                return key_node
            data = data.get(str(step))
        elif isinstance(step, int) and isinstance(data, LocatedList) and step < len(data.nodes):
            node, data = data.nodes[step], data[step]
        else:
            # Written out from the shorthand: the nearest place is that of what was written.
            if isinstance(data, Mapping):
                data = data.get(step)
            elif isinstance(data, (list, tuple)) and isinstance(step, int) and step < len(data):
                data = data[step]
            else:
                break
            if isinstance(data, (Located, LocatedList)):
                node = data.node
    return node


def read_file(path: Path, name: str) -> tuple[Located | None, list[Problem]]:
    """Return the mapping that a YAML file holds, and every problem of its syntax.

    The mapping is `None` where the file cannot be read at all. Time and memory are bounded: files over
    `MOST_BYTES` are refused unread, aliases are refused, nesting ends at `DEEPEST`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None, [Problem(name, 1, 1, "is no file but a device, a pipe or a folder; name a YAML file")]
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            return None, [
                Problem(name, 1, 1, f"the file is too large; split it, {MOST_BYTES // 2**20} MiB is the most")
            ]
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        return None, [Problem(name, 1, 1, f"cannot be read: {reason}; check the path and its permissions")]
    return read_text(data, name)


def read_text(data: bytes, name: str) -> tuple[Located | None, list[Problem]]:
    """Return the mapping that YAML text holds, and every problem of its syntax."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem(name, line, 1, "not UTF-8 text; save the file as UTF-8")]
    try:
        root = _compose(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what = f"character {chr(error.character)!r}" if isinstance(error.character, int) else "a byte"
        return None, [Problem(name, line, 1, f"{what} cannot stand in a text file; remove it")]
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_problem(error, text, name)]
    except yaml.YAMLError as error:
        return None, [Problem(name, 1, 1, f"no YAML: {error}")]
    if root is None:
        return None, [Problem(name, 1, 1, "the file holds nothing; write a section such as `models:`, or remove it")]
    reader = _Reader(name, text)
    value = reader.value(root, 0)
    if not isinstance(value, Located):
        if not reader.problems:
            reader.report(root, "sections are wanted here, such as `sources:` or `results:`")
        return None, reader.problems
    return value, reader.problems


_TAGS: Final = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


@cache
def _loader() -> Any:
    """Return libyaml's loader without a resolver: PyYAML's asks for the path of every node, to call it a text."""

    class Loader(yaml.CBaseLoader):
        def resolve(self, kind: type[Node], _: str | None, __: object) -> str:
            return _TAGS[kind]

        def descend_resolver(self, _: Node | None, __: object) -> None:
            pass

        def ascend_resolver(self) -> None:
            pass

    return Loader


def _compose(text: str) -> Node | None:
    if not yaml.__with_libyaml__:
        warnings.warn(
            "PyYAML was built without libyaml: loading is some ten times slower", RuntimeWarning, stacklevel=2
        )
        return yaml.compose(text, Loader=yaml.BaseLoader)
    return yaml.compose(text, Loader=_loader())


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(name, 1, 1, f"no YAML: {error.problem}")
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    bound = re.search(r"(?:[:,\[{-]\s*)(>=?\s*[\d~.][\d.]*\w*)", line)
    if bound:
        hint = f"an unquoted > starts a folded text in YAML; write '{bound[1].replace(' ', '')}' in quotes"
    elif "nesting depth" in (error.problem or ""):
        hint = f"nest at most {DEEPEST} deep"
    elif "another document" in (error.problem or "") or line.startswith("---"):
        hint = "one file holds one document; remove the `---`"
    elif "\t" in line[: mark.column + 1]:
        hint = "YAML is indented with spaces; replace the tab"
    elif re.search(r":\s*[@`%*&!]", line):
        hint = "a value that begins with @, `, %, *, & or ! must stand in quotes"
    elif line.count("'") % 2 or line.count('"') % 2:
        hint = "a quote is not closed; close it"
    elif re.search(r":\s.*:\s", line[:2000]):
        hint = "a text with ': ' in it must stand in quotes"
    else:
        hint = "check quotes, brackets and indentation just here and above"
    return Problem(name, mark.line + 1, mark.column + 1, f"no YAML ({error.problem}); {hint}")


_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})").fullmatch
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+").fullmatch
_WORDS: Final = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON", "y", "Y"), "true"),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF", "n", "N"), "false"),
}
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


def _digits(text: str) -> str:
    """Return a number as plain digits: without underscores, exponent, sign or superfluous zeros."""
    number = Decimal(text.replace("_", ""))
    return f"{number:f}" if abs(number.adjusted()) < 20 else "its digits"


_TRAPS: Final = (
    (re.compile(r"[+-]?0[xob][0-9a-fA-F_]+"), "is a number in another base", lambda text: str(int(text, 0))),
    (re.compile(r"[+-]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "is read in base 60 by others", None),
    (re.compile(r"[+-]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), "is no number that a source reports", None),
    (re.compile(r"-?[0-9]{19,}"), "is too large to be meant", None),
    (re.compile(r"[+-]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)[eE][+-]?[0-9]+"), "hides its digits", _digits),
    (re.compile(r"[+-]?0[0-9_]+(?:\.[0-9]+)?"), "begins with a zero, octal for other readers", _digits),
    (re.compile(r"[+-]?[0-9][0-9_]*_[0-9_.]*"), "has underscores, which other readers drop", _digits),
    (re.compile(r"[+-]?(?:[0-9]+\.|\.[0-9]+)"), "lacks a digit beside its point", _digits),
    (re.compile(r"\+[0-9.]+"), "has a sign that it does not need", _digits),
)
"""Plain texts that other YAML readers take for something else: what they are, and how the number is written."""


class _Reader:
    """Turns nodes into values, and gathers what is wrong on the way."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines: Callable[[], list[str]] = cache(text.splitlines)
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def report(self, node: Node, message: str) -> None:
        self.problems.append(problem_at(self.file, node, message))

    def value(self, node: Node, depth: int) -> Any:
        """Return the value of a node, or `BROKEN` after reporting why there is none."""
        if id(node) in self.seen:
            self.report(node, "anchors and aliases (& and *) are not used here; write the value out")
            return BROKEN
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if depth >= DEEPEST:
            self.report(node, f"nested more than {DEEPEST} deep; write it flat")
            return BROKEN
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag[18:] not in {"map", "seq"}:
            self.report(node, f"tags such as {node.tag[:40]!r} are not used here; remove it")
            return BROKEN
        return self.mapping(node, depth) if isinstance(node, yaml.MappingNode) else self.sequence(node, depth)

    def mapping(self, node: Node, depth: int) -> Located:
        result = Located(self.file, node)
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.report(key_node, "a key must be a word; a list or mapping cannot be one")
                continue
            key = key_node.value
            if key in result.nodes:
                first = result.nodes[key][0].start_mark.line + 1
                self.report(key_node, f"{key[:80]!r} stands twice in this mapping (first in line {first}); keep one")
                continue
            result.nodes[key] = (key_node, value_node)
            value = self.value(value_node, depth + 1)
            if value is BROKEN:
                result.broken.add(key)
            else:
                result[key] = value
        return result

    def sequence(self, node: Node, depth: int) -> LocatedList:
        result = LocatedList(self.file, node)
        for item in node.value:
            value = self.value(item, depth + 1)
            if value is not BROKEN:
                result.nodes.append(item)
                result.append(value)
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text: str = node.value
        if node.tag != "tag:yaml.org,2002:str":
            self.report(node, f"tags such as {node.tag[:40]!r} are not used here; remove it")
            return BROKEN
        if node.style:
            if node.style == ">" and (bound := self.unquoted_bound(node)):
                self.report(node, f"an unquoted > starts a folded text in YAML; write '{bound}' in quotes")
                return BROKEN
            return text
        if text in _NULLS:
            what = f"{text!r} alone is YAML's null" if text else "there is no value here"
            self.report(node, f"{what}; write a value (about 77.5 is ~77.5), or leave the line out")
            return BROKEN
        first = text[0]
        if first.isalpha():
            if text == "true" or text == "false":
                return text == "true"
            if text in _WORDS:
                self.report(
                    node,
                    f"other YAML readers take {text} for {_WORDS[text]}; write '{text}' or {_WORDS[text]}",
                )
                return BROKEN
            return text
        if _INTEGER(text):
            return int(text)
        if _DECIMAL(text):
            return Decimal(text)
        if first in "+-.0123456789" and len(text) < 200:
            for pattern, why, fix in _TRAPS:
                if pattern.fullmatch(text):
                    self.report(node, f"{text[:40]} {why}; {_advice(text, fix)}")
                    return BROKEN
        return text

    def unquoted_bound(self, node: Node) -> str | None:
        mark = node.start_mark
        line = self.lines()[mark.line]
        match = re.match(r">=?\s*[\d~][\d.]*\w*", line[mark.column :])
        return match[0].replace(" ", "") if match else None


def _advice(text: str, fix: Callable[[str], str] | None) -> str:
    if fix is None:
        return f"write the number as published, '{text[:40]}' in quotes if text is meant, or leave the line out"
    try:
        return f"write {fix(text)}, or '{text[:40]}' in quotes if text is meant"
    except (ValueError, ArithmeticError):
        return f"write its digits, or '{text[:40]}' in quotes if text is meant"


BROKEN: Final = object()
"""Stands for a value that was reported and is left out."""
