"""A report: what it says section by section, and how it is drawn as a page, as Markdown, as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from stackcompare import __version__
from stackcompare.render.comparisons import rules_words
from stackcompare.render.console import Drawn, rich, text
from stackcompare.render.document import Document, Line, Section
from stackcompare.render.marked import markdown_document
from stackcompare.render.reports.answer import answer
from stackcompare.render.reports.benchmarks import GAUGES, benchmarks, disclosures_table, matchups_table, own_documents
from stackcompare.render.reports.judgement import briefs, conflicts
from stackcompare.render.reports.models import BARS, economics, line_up
from stackcompare.render.reports.offers import features, serving
from stackcompare.render.reports.page import document_page
from stackcompare.render.reports.terms import terms
from stackcompare.render.safe import inline
from stackcompare.render.table import Column, Part, References, Row, Table, cell
from stackcompare.render.words import listed

__all__ = [
    "disclosures_table", "document", "framed", "matchups_table", "report_markdown", "report_page", "report_rich",
    "report_table", "report_text",
]  # fmt: skip

if TYPE_CHECKING:
    from stackcompare.analysis import Report

SECTIONS: Final[tuple[Callable[[Report, References], Section | None], ...]] = (
    answer, line_up, economics, benchmarks, own_documents, features, serving, terms, briefs, conflicts,
)  # fmt: skip
"""Who describes each section, in order; one for which the catalogue has nothing is left out."""


_DRAWN: Final = frozenset({BARS, GAUGES})
"""Remarks about what only a page draws."""


def document(report: Report, *, drawn: bool = False, charts: bool = False) -> Document:
    """Return a report as a document: its sections share one list of sources, each has footnotes of its own.

    `drawn` where bars are drawn beside numbers, `charts` with charts.
    """
    refs = References(report.catalog)
    sections = [section for make in SECTIONS if (section := make(report, refs.section())) is not None]
    if not drawn:
        sections = [replace(section, table=_undrawn(section.table)) for section in sections]
    if charts:
        from stackcompare.render.reports.charts import charted

        sections = [charted(report, section) for section in sections]
    against = f" against {listed(side.name for side in report.rivals)}" if report.rivals else ""
    return Document(
        inline(f"{report.title}{against}"),
        "Made from cited data: a number in brackets leads to its document, a letter to what must be known beside it.",
        tuple(sections),
        refs.sources,
        tuple(_colophon(report)),
    )


def _undrawn(table: Table) -> Table:
    return replace(table, remarks=tuple(remark for remark in table.remarks if remark not in _DRAWN))


def _colophon(report: Report) -> Iterator[Line]:
    catalog = report.catalog
    if catalog.as_of is not None:
        published = [source.published for source in catalog.sources.values() if source.published is not None]
        newest = f", the newest being of {max(published, key=lambda day: day.earliest)}" if published else ""
        said = f"as of {catalog.as_of}, the last day on which a document was published or read{newest}"
        yield Line("Data", f"{said}; nothing later is known here")
    if report.ruling is not None:
        yield Line("Rules", rules_words(report.ruling))
    subject = ", ".join(side.key for side in report.subject)
    rivals = ", ".join(side.key for side in report.rivals)
    yield Line("Subject", subject + (f"; rivals: {rivals}" if rivals else "; no rivals"))
    yield Line("Made by", f"stackcompare {__version__}; the same data, names and rules give the same document")


def report_page(report: Report) -> str:
    """Return a report as one page of HTML; see `Report.to_page`."""
    charts = _drawable() if report.charts is None else report.charts
    made = document(report, drawn=True, charts=charts)
    if report.charts is None and not charts:
        why = Line("Charts", 'left out, for the extra that draws them is missing: pip install "stackcompare[charts]"')
        made = replace(made, colophon=(*made.colophon, why))
    return document_page(made)


def report_markdown(report: Report) -> str:
    """Return a report as Markdown."""
    return markdown_document(document(report))


def report_text(report: Report, *, width: int) -> str:
    """Return a report as plain text of at most `width` columns."""
    return "\n".join(text(table, width=width) for table in document(report).tables)


def report_rich(report: Report) -> Drawn:
    """Return what `rich` draws: title, sections and sources, one table each."""
    return rich(*document(report).tables)


def report_table(report: Report) -> Table:
    """Return a report as one table, its sentences and grids one after the other: what spreadsheets are made of."""
    refs = References(report.catalog)
    parts: list[Part] = []
    marks: dict[tuple[str, str], None] = {}
    remarks: list[str] = []
    for section in (section for make in SECTIONS if (section := make(report, refs)) is not None):
        title = section.table.title
        if section.lines:
            said = tuple(
                Row((cell(line.term), cell(text))) for line in section.lines for text in (line.text, *line.details)
            )
            parts.append(Part((Column("About"), Column(title)), said, title))
        parts += [replace(part, title=part.title or title) for part in section.table.parts]
        marks.update(dict.fromkeys(section.table.marks))
        remarks += [remark for remark in _undrawn(section.table).remarks if remark not in remarks]
    remarks += [sentence for line in _colophon(report) for sentence in line.sentences]
    return Table(report.title, tuple(parts), tuple(marks), tuple(remarks), refs.footnotes, refs.sources)


def framed(title: str, page: str) -> str:
    """Return a page as a frame in a notebook's cell, so that neither touches the style of the other."""
    quoted = page.replace("&", "&amp;").replace('"', "&quot;")
    return (
        f'<iframe title="{escape(inline(title))}" style="width: 100%; height: 45em; border: 1px solid #7a828c" '
        f'srcdoc="{quoted}"></iframe>'
    )


def _drawable() -> bool:
    """Return whether the extra that draws charts is installed."""
    return find_spec("matplotlib") is not None
