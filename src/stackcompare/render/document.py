"""What a report says, apart from how it is drawn: numbered sections of tables that share one list of sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from stackcompare.render.table import SourceNote, Table

if TYPE_CHECKING:
    from stackcompare.render.charts import Chart


def uncited(text: str) -> str:
    """Return a text, such as a name, in which nothing is taken for the number of a document.

    >>> uncited("Model [2] of [Lab]")
    'Model (2) of [Lab]'
    """
    return re.sub(r"\[(\d+)\]", r"(\1)", text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a summary: what it is about, and what is to be said."""

    term: str
    """What it is about, in a word or two."""
    text: str
    """What is said; `[1]` in it leads to a document, so that names in it are `uncited`."""
    details: tuple[str, ...] = ()
    """What is said in more words, one thing each, for who reads on."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The line and its details as lines of plain text."""
        return f"{self.term}: {self.text}", *(f"– {detail}" for detail in self.details)


@dataclass(frozen=True, slots=True)
class Section:
    """A section: perhaps lines of prose, then grids with their marks, remarks and footnotes, then charts."""

    key: str
    """What leads here: a word for an address."""
    table: Table
    """Title, grids, marks, remarks and footnotes; its sources are those of the document."""
    lines: tuple[Line, ...] = ()
    """What stands before the grids."""
    charts: tuple[Chart, ...] = ()
    """What is drawn beside them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A title, sections, then the numbered sources of all of them and what the whole was made with."""

    title: str
    """What it is about."""
    lead: str
    """One sentence below the title."""
    sections: tuple[Section, ...]
    """The sections, in order."""
    sources: tuple[SourceNote, ...]
    """Every document that is cited, in order of appearance."""
    colophon: tuple[Line, ...]
    """Date of the data, rules, version."""

    @property
    def tables(self) -> Sequence[Table]:
        """The title, the sections, numbered, then the list of sources, as tables: for what draws tables alone."""
        numbered = [
            Table(
                f"{place}. {section.table.title}", section.table.parts, section.table.marks,
                (*chain.from_iterable(line.sentences for line in section.lines), *section.table.remarks),
                section.table.footnotes,
            )
            for place, section in enumerate(self.sections, 1)
        ]  # fmt: skip
        made = tuple(chain.from_iterable(line.sentences for line in self.colophon))
        head = Table(self.title, (), (), (self.lead,))
        return [head, *numbered, Table(f"{len(self.sections) + 1}. Sources", (), (), made, (), self.sources)]
