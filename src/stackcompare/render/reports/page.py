"""A document as one page of HTML: no script needed to read it, nothing fetched, on a screen and on paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from stackcompare.render.document import Document, Line, Section
from stackcompare.render.page import Anchors, below, grids, safe_text, source_item
from stackcompare.render.safe import inline
from stackcompare.render.style import STYLE, squeezed
from stackcompare.render.words import counted

if TYPE_CHECKING:
    from stackcompare.render.charts import Chart


def document_page(document: Document) -> str:
    """Return a document as a page that stands alone: text escaped, links within it and to the documents it cites."""
    return "\n".join(_page(document)) + "\n"


def _read(name: str) -> str:
    return files("stackcompare.render.reports").joinpath(name).read_text(encoding="utf-8")


def _page(document: Document) -> Iterator[str]:
    script = _read("report.js").strip()
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(inline(document.title)[:200])}</title>"
    yield f"<style>{STYLE}{squeezed(_read('report.css'))}</style>"
    yield "</head>"
    yield "<body>"
    yield '<a class="skip" href="#main">Skip to the content</a>'
    yield from _header(document)
    yield '<main id="main" tabindex="-1">'
    cited: dict[str, list[tuple[int, str]]] = {}
    for place, section in enumerate(document.sections, 1):
        anchors = Anchors(f"r{place}", "s", dict(section.table.marks), document.sources)
        yield from _section(section, place, anchors)
        for number, anchor in anchors.cited.items():
            cited.setdefault(number, []).append((place, anchor))
    yield from _sources(document, cited)
    yield "</main>"
    yield '<a class="up" href="#contents">Contents</a>'
    yield f"<script>{script}</script>"
    yield "</body>"
    yield "</html>"


def _header(document: Document) -> Iterator[str]:
    """Yield what a reader sees first: the title, the date of the data, and what there is."""
    yield f"<header><h1>{safe_text(document.title)}</h1>"
    yield f"<p>{safe_text(document.lead)}</p>"
    facts = [*document.colophon[:1], *([Line("Sources", _counted(document))] if document.sources else [])]
    yield from _lines(tuple(facts))
    yield '<nav id="contents" aria-label="Contents"><ol>'
    for section in document.sections:
        yield f'<li><a href="#{section.key}">{safe_text(section.table.title)}</a> <span>{_extent(section)}</span></li>'
    yield '<li><a href="#sources">Sources</a></li>'
    yield "</ol></nav></header>"


def _counted(document: Document) -> str:
    """Return how many documents are cited, and of how many publishers."""
    publishers = {source.publisher for source in document.sources}
    return f"{counted(len(document.sources), 'document')} by {counted(len(publishers), 'publisher')}"


def _extent(section: Section) -> str:
    """Return how much a section holds, where it holds tables or charts."""
    rows = sum(len(part.rows) for part in section.table.parts)
    charts = len(section.charts)
    return ", ".join([*([counted(rows, "row")] if rows else ()), *([counted(charts, "chart")] if charts else ())])


def _section(section: Section, place: int, anchors: Anchors) -> Iterator[str]:
    yield f'<section id="{section.key}" aria-labelledby="{section.key}-title">'
    yield f'<h2 id="{section.key}-title">{place}. {anchors.linked(safe_text(section.table.title))}</h2>'
    yield from _lines(section.lines, anchors)
    for count, chart in enumerate(section.charts, 1):
        yield from _figure(chart, f"{section.key}-chart{count}")
    yield '<div class="stackcompare">'
    yield from grids(section.table, anchors, scroll=True)
    yield from below(section.table, anchors)
    yield "</div>"
    yield "</section>"


def _figure(chart: Chart, key: str) -> Iterator[str]:
    """Yield a chart, and behind a word what it shows: heard with the picture, read by who cannot make it out."""
    yield f'<figure><div class="scroll" role="region" tabindex="0" aria-label="Chart: {escape(chart.title)}">'
    yield f"{chart.to_svg(inline=True, key=key)}</div>"
    yield f"<figcaption><details><summary>In words</summary>{safe_text(chart.alt)}</details></figcaption></figure>"


def _lines(lines: tuple[Line, ...], anchors: Anchors | None = None) -> Iterator[str]:
    if not lines:
        return
    yield "<dl>"
    for line in lines:
        said, *more = (anchors.linked(text) if anchors else text for text in map(safe_text, (line.text, *line.details)))
        below = f"<ul>{''.join(f'<li>{detail}</li>' for detail in more)}</ul>" if more else ""
        yield f"<dt>{safe_text(line.term)}</dt><dd>{said}{below}</dd>"
    yield "</dl>"


def _sources(document: Document, cited: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
    yield '<section id="sources" aria-labelledby="sources-title">'
    yield f'<h2 id="sources-title">{len(document.sections) + 1}. Sources</h2>'
    yield '<div class="stackcompare"><ol>'
    for source in document.sources:
        links = ", ".join(f'<a href="#{anchor}">{place}</a>' for place, anchor in cited.get(str(source.number), ()))
        back = f' <span class="back">cited in section {links}</span>' if links else ""
        yield source_item(source, "s", back)
    yield "</ol></div>"
    yield from _lines(document.colophon)
    yield "</section>"
