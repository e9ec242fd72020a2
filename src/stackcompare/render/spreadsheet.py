"""Tables as an XLSX workbook: a sheet for each grid, then the notes and the sources that they share.

A sheet is made to be worked with: one header row, one row a row, numbers as numbers. What stands beside a statement in
other forms (numbers of documents, letters of footnotes) has columns of its own, each linked to where it leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final, NamedTuple

from stackcompare.errors import MissingExtraError, OutputError
from stackcompare.render.safe import inline, web_address
from stackcompare.render.table import DASH, Cell, Part, Piece, Table
from stackcompare.render.words import counted

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_DIGITS: Final = 15
"""Digits that a spreadsheet keeps of a number; one with more stays text."""
_BORN: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""When every workbook says it was made: the same table gives the same bytes."""
_MOST_ROWS: Final = 1 << 20
_MOST_COLUMNS: Final = 1 << 14
_MOST_LINKS: Final = 65_530
_LONGEST_TEXT: Final = 32_767
_LONGEST_LINK: Final = 2_079
_LONGEST_NAME: Final = 31
_WIDTHS: Final = (6, 60)
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_CITED: Final = re.compile(r" ?\[[0-9]+\]")
"""The number of a document in a heading."""
_TAKEN_NAMES: Final = ("Notes", "Sources", "History")  # the last by Excel itself


class _Value(NamedTuple):
    """What stands in one cell of a sheet."""

    content: str | float
    """Text, or a number."""
    look: tuple[tuple[str, Any], ...] = ()
    """How it is formatted, as XlsxWriter calls it."""
    link: str | None = None
    """Where it leads."""


class _Sheet(NamedTuple):
    """A sheet before it is written."""

    heads: list[_Value]
    lines: list[list[_Value | None]]
    headings: int
    """Columns on the left that stay in sight."""


def xlsx(table: Table) -> bytes:
    """Return a workbook with a sheet for each grid of a table, one for its notes and one for its sources.

    Plain numbers are numbers, with the digits that are printed; everything else is text, never a formula. Groups of
    rows are named in a first column, so that sorting and filtering keep them. The same table gives the same bytes.

    Raises `MissingExtraError` without XlsxWriter, and `OutputError` for a grid that is larger than a sheet.
    """
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
    except ImportError as error:
        raise MissingExtraError("writing XLSX", package="xlsxwriter", extra="xlsx") from error
    names = list(_names(part.title or table.title for part in table.parts))
    notes = _notes(table, names)
    places = {note.letter: len(notes) - len(table.footnotes) + place for place, note in enumerate(table.footnotes, 2)}
    links = {letter: f"internal:'Notes'!A{place}" for letter, place in places.items()}
    links |= {str(source.number): f"internal:'Sources'!A{place}" for place, source in enumerate(table.sources, 2)}
    grids = [_grid(part, links) for part in table.parts]
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": _cut(inline(table.title), 255), "created": _BORN})
        writer = _Writer(book)
        for name, grid in zip(names, grids, strict=True):
            writer.write(name, grid)
        writer.write("Notes", _Sheet([_Value("Mark"), _Value("Meaning")], notes, 1))
        if table.sources:
            writer.write("Sources", _Sheet([_Value(head) for head in _SOURCE_HEADS], list(_sources(table)), 2))
    return stream.getvalue()


# What stands where


def _grid(part: Part, links: dict[str, str]) -> _Sheet:
    grouped = any(row.group for row in part.rows)
    heads = [_Value("Group")] if grouped else []
    lines: list[list[_Value | None]] = [[_text(row.group)] if grouped else [] for row in part.rows]
    for place, column in enumerate(part.columns):
        right = (("align", "right"),) if column.align == "right" else ()
        held = [row.cells[place] for row in part.rows]
        heads.append(_head(column.label, right))
        for line, pieces in zip(lines, held, strict=True):
            line.append(_statement(pieces, right))
        for kind in ("sources", "notes"):
            if any(getattr(piece, kind) for pieces in held for piece in pieces):
                heads.append(_head(f"{column.short or column.label} [{kind}]"))
                for line, pieces in zip(lines, held, strict=True):
                    line.append(_references(pieces, kind, links))
    if not lines:
        lines = [[_text(part.empty)]]
    return _Sheet(heads or [_Value("")], lines, 1 + grouped)


def _statement(pieces: Cell, look: tuple[tuple[str, Any], ...]) -> _Value | None:
    """Return what a cell states: a number where that is all it says, else its statements below one another.

    What is not reported is left empty: a dash would make texts of a column of numbers.
    """
    stated = [piece for piece in pieces if piece.text not in ("", DASH)]
    if not stated:
        return None
    if any(piece.strong for piece in stated):
        look = (*look, ("bold", True))
    elif all(piece.faint for piece in stated):
        look = (*look, ("font_color", "#59616B"))
    if len(stated) == 1 and (number := _number(stated[0])) is not None:
        return _Value(number[0], (*look, ("num_format", number[1])))
    return _text("\n".join(" ".join(filter(None, (piece.mark, inline(piece.text)))) for piece in stated), look)


def _number(piece: Piece) -> tuple[float, str] | None:
    """Return a statement as a number with the format that prints it as it was written, its mark before it."""
    match = _NUMBER.fullmatch(piece.text)
    if match is None or sum(map(str.isdigit, piece.text)) > _DIGITS or '"' in piece.mark or "\\" in piece.mark:
        return None
    form = ("#,##0" if "," in piece.text else "0") + (f".{'0' * len(match[1])}" if match[1] else "")
    mark = f'"{inline(piece.mark)} "' if piece.mark else ""
    return float(piece.text.replace(",", "")), mark + form


def _references(pieces: Cell, kind: str, links: dict[str, str]) -> _Value | None:
    """Return the numbers or letters beside the statements of a cell, a line each; the first is linked."""
    named = [[str(each) for each in getattr(piece, kind)] for piece in pieces]
    first = next((each for names in named for each in names), None)
    if first is None:
        return None
    said = (
        "\n".join(map(", ".join, named)) if kind == "sources" else ", ".join(each for names in named for each in names)
    )
    return _Value(float(said) if said.isdigit() else said, (), links.get(first))


def _notes(table: Table, names: list[str]) -> list[list[_Value | None]]:
    """Return what is said around the grids: first what each sheet shows, as a name has no room for it; notes last."""
    lines: list[list[_Value | None]] = [[None, _text(table.title, (("bold", True),))]]
    for name, part in zip(names, table.parts, strict=True):
        if part.title:
            place = "'{}'!A1".format(name.replace("'", "''"))
            lines.append([_Value(name, (), f"internal:{place}"), _text(part.title)])
    lines += [[_text(mark), _text(meaning)] for mark, meaning in table.marks]
    legends = {column.label: column.legend for part in table.parts for column in part.columns if column.legend}
    lines += [[_text(label), _text(legend)] for label, legend in legends.items()]
    lines += [[None, _text(remark)] for remark in table.remarks]
    return lines + [[_text(note.letter), _text(note.text)] for note in table.footnotes]


_SOURCE_HEADS: Final = ("Number", "Title", "Publisher", "Date", "Kind", "Evidence", "Id", "Address")


def _sources(table: Table) -> Iterator[list[_Value | None]]:
    for source in table.sources:
        address = web_address(source.url)
        said = (source.publisher, source.date, source.kind, ", ".join(source.evidence), source.key, source.url or "")
        title = _text(source.title)
        yield [_Value(float(source.number)), title and title._replace(link=address), *map(_text, said)]


def _text(text: str, look: tuple[tuple[str, Any], ...] = ()) -> _Value | None:
    """Return a text for a cell: control characters written out, cut where a cell ends; `None` where nothing is said."""
    said = _cut("\n".join(map(inline, text.split("\n"))), _LONGEST_TEXT)
    return _Value(said, look) if said else None


def _head(text: str, look: tuple[tuple[str, Any], ...] = ()) -> _Value:
    return _text(inline(text), look) or _Value("")


def _cut(text: str, most: int) -> str:
    """Return a text of at most so many units of UTF-16, in which Excel counts."""
    if len(text) * 2 <= most or len(text.encode("utf-16-le")) <= 2 * most:
        return text
    return text.encode("utf-16-le")[: 2 * most - 2].decode("utf-16-le", "ignore") + "…"


def _names(titles: Iterable[str]) -> Iterator[str]:
    """Yield a name for each sheet that Excel accepts, each once."""
    taken = {name.casefold() for name in _TAKEN_NAMES}
    for title in titles:
        words = _NOT_IN_A_NAME.sub(" ", _CITED.sub("", inline(title)))
        base = _cut(inline(words).strip(" '"), _LONGEST_NAME).strip(" '") or "Table"
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = _cut(base, _LONGEST_NAME - len(ending)) + ending
        taken.add(name.casefold())
        yield name


# Writing


class _Writer:
    """Writes sheets into a workbook, with each look made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.looks: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, *wanted: tuple[str, Any]) -> Any:
        if wanted not in self.looks:
            self.looks[wanted] = self.book.add_format(dict(wanted) | {"text_wrap": True, "valign": "top"})
        return self.looks[wanted]

    def write(self, name: str, sheet: _Sheet) -> None:
        if len(sheet.lines) >= _MOST_ROWS or len(sheet.heads) > _MOST_COLUMNS:
            size = f"{counted(len(sheet.lines), 'row')} and {counted(len(sheet.heads), 'column')}"
            raise OutputError(
                f"{name!r} has {size}, more than a sheet of XLSX holds; select less, or write Parquet or CSV"
            )
        page = self.book.add_worksheet(name)
        page.freeze_panes(1, min(sheet.headings, len(sheet.heads)))
        page.autofilter(0, 0, len(sheet.lines), len(sheet.heads) - 1)
        links = 0
        for column, head in enumerate(sheet.heads):
            held = (line[column] for line in sheet.lines if column < len(line))
            page.set_column(column, column, _width(str(head.content), held))
            page.write_string(0, column, str(head.content), self.look(*head.look, ("bold", True), ("bottom", 1)))
        for row, line in enumerate(sheet.lines, 1):
            for column, value in enumerate(line):
                if value is None:
                    continue
                look = value.look
                if value.link is not None and links < _MOST_LINKS and value.link == _cut(value.link, _LONGEST_LINK):
                    look, links = (*look, ("font_color", "#0B57A4"), ("underline", 1)), links + 1
                    page.write_url(row, column, value.link, self.look(*look), "-")
                if isinstance(value.content, str):
                    page.write_string(row, column, value.content, self.look(*look))
                else:
                    page.write_number(row, column, value.content, self.look(*look))


def _width(head: str, values: Iterable[_Value | None]) -> int:
    """Return how many characters wide a column is: its longest line or word of its heading, within reason."""
    lines = (line for value in values if value for line in str(value.content).split("\n"))
    longest = max(map(len, [*head.split(), *lines]), default=0)
    return min(max(longest + 3, _WIDTHS[0]), _WIDTHS[1])
