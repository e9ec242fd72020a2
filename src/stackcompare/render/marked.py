"""Tables as Markdown that GitHub renders; nothing in a name is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from stackcompare.render.document import Document
from stackcompare.render.safe import inline, web_address
from stackcompare.render.table import Cell, Part, Piece, SourceNote, Table

_SPECIAL: Final = re.compile(r"([\\`*_\[\]|~$#])")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_UNSAFE_IN_URL: Final = re.compile(r"[()\\|`*_\[\]~$']|[^\x00-\x7f]")


def markdown(table: Table) -> str:
    """Return a table as Markdown: a heading, grids with pipes, notes by letter and sources by number."""
    return "\n".join(_lines(table)) + "\n"


def markdown_document(document: Document) -> str:
    """Return a document as Markdown: a heading a section, one list of sources."""
    lines = [f"# {escaped(document.title)}", "", escaped(document.lead)]
    for place, section in enumerate(document.sections, 1):
        lines += ["", f"## {place}. {escaped(section.table.title)}"]
        for line in section.lines:
            lines += ["", f"**{escaped(line.term)}.** {escaped(line.text)}"]
            if line.details:
                lines += ["", *(f"- {escaped(detail)}" for detail in line.details)]
        lines += _body(section.table)
    lines += ["", f"## {len(document.sections) + 1}. Sources", "", *map(_source, document.sources), ""]
    lines += [f"- **{escaped(line.term)}:** {escaped(line.text)}" for line in document.colophon]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    r"""Return a text that Markdown renders as it is written.

    >>> escaped("a|b <i> `c` ~5")
    'a\\|b &lt;i&gt; \\`c\\` \\~5'
    """
    plain = re.sub(r"[&<>]", lambda sign: _ENTITIES[sign[0]], inline(text))
    return _SPECIAL.sub(r"\\\1", plain)


def _lines(table: Table) -> Iterator[str]:
    yield f"### {escaped(table.title)}"
    yield from _body(table)
    if table.sources:
        yield from ("", "**Sources**", "")
        yield from map(_source, table.sources)


def _body(table: Table) -> Iterator[str]:
    for part in table.parts:
        yield ""
        if part.title:
            yield from (f"**{escaped(part.title)}**", "")
        yield from _grid(part) if part.rows else [f"({escaped(part.empty)})"]
    for mark, meaning in table.marks:
        yield from ("", f"{escaped(mark)} {escaped(meaning)}")
    for remark in table.remarks:
        yield from ("", _unlisted(escaped(remark)))
    if table.footnotes:
        yield from ("", "**Notes**", "")
        for note in table.footnotes:
            yield f"- **{note.letter}** {escaped(note.text)}"


def _unlisted(text: str) -> str:
    """Return an escaped line that begins no list and no rule."""
    return re.sub(r"^(\d+(?=[.)])|(?=[-+=]))", r"\1\\", text)


def _grid(part: Part) -> Iterator[str]:
    yield _row([escaped(column.label) for column in part.columns])
    yield _row(["---:" if column.align == "right" else "---" for column in part.columns])
    for group, rows in groupby(part.rows, key=lambda row: row.group):
        if group:
            yield _row([f"**{escaped(group)}**", *[""] * (len(part.columns) - 1)])
        for row in rows:
            yield _row([_cell(held) for held in row.cells])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def _cell(held: Cell) -> str:
    return "<br>".join(_piece(piece) for piece in held)


def _piece(piece: Piece) -> str:
    said = escaped(piece.text)
    if piece.mark:
        said = f"{escaped(piece.mark)} {said}"
    if piece.strong and said:
        said = f"**{said}**"
    said += _numbers(piece.sources)
    if piece.notes:
        letters = ", ".join(piece.notes)
        said += f" ({letters})" if said else letters
    return said


def _numbers(numbers: tuple[int, ...]) -> str:
    return f" \\[{', '.join(map(str, numbers))}\\]" if numbers else ""


def _source(source: SourceNote) -> str:
    title = escaped(source.title)
    address = web_address(source.url)
    if address:
        url = _UNSAFE_IN_URL.sub(
            lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode("utf-8", "replace")), address
        )
        title = f"[{title}]({url})"
    title = _unlisted(title)
    said = f"{escaped(source.publisher)}, {escaped(source.date)}. {escaped(source.kind)}"
    if source.evidence:
        said += f", {escaped(' and '.join(source.evidence))}"
    return f"{source.number}. {title}. {said}. {escaped(source.key)}"
