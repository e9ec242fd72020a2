"""Tables as HTML: a fragment that stands alone, in a notebook or on a page, in the dark and in the light."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from itertools import groupby
from typing import Final

from stackcompare.render.safe import inline, web_address
from stackcompare.render.table import Cell, Column, Footnote, Part, Piece, Row, SourceNote, Table

_STYLE: Final = """
.stackcompare.stackcompare{color-scheme:light dark;box-sizing:border-box;max-width:100%;overflow-x:auto;padding:.8em 1em;
font:14px/1.45 system-ui,sans-serif;color:#1c2026;color:light-dark(#1c2026,#e6e8eb);background:#fff;background:light-dark(#fff,#15181d)}
[data-jp-theme-light=true] .stackcompare.stackcompare,.vscode-light .stackcompare.stackcompare,
[data-theme=light] .stackcompare.stackcompare,[theme=light] .stackcompare.stackcompare{color-scheme:light}
[data-jp-theme-light=false] .stackcompare.stackcompare,.vscode-dark .stackcompare.stackcompare,
[data-theme=dark] .stackcompare.stackcompare,[theme=dark] .stackcompare.stackcompare{color-scheme:dark}
.stackcompare.stackcompare :is(table,caption,thead,tbody,tr,th,td,p,ol,li,a,sup,strong,h3){color:inherit;background:none}
.stackcompare.stackcompare h3{font-size:1.15em;font-weight:600;margin:0 0 .6em}
.stackcompare.stackcompare table{border-collapse:collapse;border:0;margin:0 0 1.2em;font-size:inherit;width:auto;table-layout:auto}
.stackcompare.stackcompare caption{caption-side:top;text-align:left;font-weight:600;padding:0 0 .4em;white-space:normal}
.stackcompare.stackcompare :is(th,td){padding:.3em .7em;text-align:left;vertical-align:top;border:0;max-width:26em;
overflow-wrap:break-word;white-space:normal;font-variant-numeric:tabular-nums}
.stackcompare.stackcompare th{font-weight:400}
.stackcompare.stackcompare thead th{font-weight:600;vertical-align:bottom;border-bottom:1px solid #7a828c}
.stackcompare.stackcompare tbody tr{border-top:1px solid #d5d9de;border-top-color:light-dark(#d5d9de,#343a43)}
.stackcompare.stackcompare tbody tr:hover{background:#f1f4f7;background:light-dark(#f1f4f7,#20252c)}
.stackcompare.stackcompare tbody th.stackcompare-group{font-weight:600;padding-top:.9em}
.stackcompare.stackcompare .stackcompare-right{text-align:right}
.stackcompare.stackcompare .stackcompare-faint{color:#59616b;color:light-dark(#59616b,#9aa4b0)}
.stackcompare.stackcompare .stackcompare-win{color:#0b6b35;color:light-dark(#0b6b35,#6fd693)}
.stackcompare.stackcompare sup{font-size:.75em;line-height:0;white-space:nowrap}
.stackcompare.stackcompare a{color:#0b57a4;color:light-dark(#0b57a4,#8cbcf5);text-decoration:underline;text-decoration-thickness:1px}
.stackcompare.stackcompare p{margin:0 0 .5em;max-width:60em}
.stackcompare.stackcompare p.stackcompare-head{font-weight:600;margin:1em 0 .3em}
.stackcompare.stackcompare ol{margin:0 0 .8em;padding:0 0 0 2.4em;max-width:60em;list-style-position:outside}
.stackcompare.stackcompare ol[type=a]{list-style-type:lower-alpha}
.stackcompare.stackcompare li{margin:.15em 0;overflow-wrap:anywhere}
.stackcompare.stackcompare li:target{background:#fff3bf;background:light-dark(#fff3bf,#4a3f12)}
.stackcompare.stackcompare .stackcompare-spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media print{.stackcompare.stackcompare{color-scheme:light;overflow:visible}.stackcompare.stackcompare tr{break-inside:avoid}}
"""


def html(table: Table) -> str:
    """Return a table as a self-contained HTML fragment: styles scoped, all text escaped, no script, nothing fetched."""
    prefix = "sc-" + sha256(repr((table.title, table.parts, table.footnotes, table.sources)).encode("utf-8", "replace")).hexdigest()[:10]
    return "\n".join(_fragment(table, _Page(prefix, dict(table.marks))))


class _Page:
    """What the pieces of a fragment need to know: the prefix of its anchors, and what its signs mean."""

    def __init__(self, prefix: str, marks: dict[str, str]) -> None:
        self.prefix = prefix
        self.marks = marks

    def source_links(self, numbers: Iterable[int]) -> str:
        links = ", ".join(f'<a href="#{self.prefix}-s{number}">{number}</a>' for number in numbers)
        return f"<sup>[{links}]</sup>" if links else ""

    def note_links(self, letters: Iterable[str]) -> str:
        links = ", ".join(f'<a href="#{self.prefix}-n{letter}">{letter}</a>' for letter in letters)
        return f"<sup>{links}</sup>" if links else ""


def _fragment(table: Table, page: _Page) -> Iterator[str]:
    yield f'<div class="stackcompare" id="{page.prefix}">'
    yield f"<style>{_STYLE}</style>"
    alone = len(table.parts) == 1 and not table.parts[0].title
    if not alone:
        yield f"<h3>{_text(table.title)}</h3>"
    for part in table.parts:
        yield from _grid(part, table.title if alone else part.title, page)
    if table.marks:
        yield "<p>" + "<br>".join(f"<strong>{_text(mark)}</strong> {_text(meaning)}" for mark, meaning in table.marks) + "</p>"
    for remark in table.remarks:
        yield f"<p>{_text(remark)}</p>"
    if table.footnotes:
        yield '<p class="stackcompare-head">Notes</p>'
        yield '<ol type="a">'
        yield from (_footnote(note, page) for note in table.footnotes)
        yield "</ol>"
    if table.sources:
        yield '<p class="stackcompare-head">Sources</p>'
        yield "<ol>"
        yield from (_source(source, page) for source in table.sources)
        yield "</ol>"
    yield "</div>"


def _text(text: str) -> str:
    """Return a text escaped, on one line, with places where a very long word may break."""
    return re.sub(r"[^\s&;<>]{40,}", lambda word: "<wbr>".join(re.findall(".{1,20}", word[0])), escape(inline(text)))


def _grid(part: Part, title: str, page: _Page) -> Iterator[str]:
    yield "<table>"
    yield f"<caption>{_text(title)}</caption>"
    heads = "".join(f'<th scope="col"{_side(column)}>{_text(column.label)}{_legend(column)}</th>' for column in part.columns)
    yield f"<thead><tr>{heads}</tr></thead>"
    if not part.rows:
        yield f'<tbody><tr><td colspan="{len(part.columns)}" class="stackcompare-faint">{_text(part.empty)}</td></tr></tbody>'
    for group, rows in groupby(part.rows, key=lambda row: row.group):
        yield "<tbody>"
        if group:
            yield f'<tr><th colspan="{len(part.columns)}" scope="rowgroup" class="stackcompare-group">{_text(group)}</th></tr>'
        yield from (_row(part, row, page) for row in rows)
        yield "</tbody>"
    yield "</table>"


def _side(column: Column) -> str:
    return ' class="stackcompare-right"' if column.align == "right" else ""


def _legend(column: Column) -> str:
    return f'<br><span class="stackcompare-faint">{_text(column.legend)}</span>' if column.legend else ""


def _row(part: Part, row: Row, page: _Page) -> str:
    first, *others = zip(part.columns, row.cells, strict=True)
    cells = [f'<th scope="row"{_side(first[0])}>{_cell(first[1], page)}</th>']
    cells += [f"<td{_side(column)}>{_cell(held, page)}</td>" for column, held in others]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(held: Cell, page: _Page) -> str:
    return "<br>".join(_piece(piece, page) for piece in held)


def _piece(piece: Piece, page: _Page) -> str:
    said = _text(piece.text)
    if piece.mark:
        spoken = page.marks.get(piece.mark, "").partition(":")[0]
        title = f' title="{escape(page.marks.get(piece.mark, ""))}"'
        sign = f'<span aria-hidden="true"{title}>{_text(piece.mark)}</span>'
        hidden = f'<span class="stackcompare-spoken">{_text(spoken)}: </span>' if spoken else ""
        said = f"{sign}{hidden}&nbsp;{said}"
    if piece.strong:
        said = f'<strong class="stackcompare-win">{said}</strong>' if piece.mark else f"<strong>{said}</strong>"
    elif piece.faint:
        said = f'<span class="stackcompare-faint">{said}</span>'
    return said + page.source_links(piece.sources) + page.note_links(piece.notes)


def _footnote(note: Footnote, page: _Page) -> str:
    return f'<li id="{page.prefix}-n{note.letter}">{_text(note.text)}{page.source_links(note.sources)}</li>'


def _source(source: SourceNote, page: _Page) -> str:
    title = f"<bdi>{_text(source.title)}</bdi>"
    address = web_address(source.url)
    if address:
        title = f'<a href="{escape(address)}" rel="noopener noreferrer">{title}</a>'
    said = f"<bdi>{_text(source.publisher)}</bdi>, {_text(source.date)}. {_text(source.kind)}"
    if source.evidence:
        said += f", {_text(' and '.join(source.evidence))}"
    return f'<li id="{page.prefix}-s{source.number}" value="{source.number}">{title}. {said}. <span class="stackcompare-faint">{_text(source.key)}</span></li>'
