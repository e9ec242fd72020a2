"""How an object shows itself: as a table, wherever a person meets it.

The one place below the render layer that calls it, and only inside a method.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, overload

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


Rows = tuple[list[str], list[list[Any]]]
"""Names of columns, and rows of plain values: what frames and CSV are made of."""


class Form(NamedTuple):
    """A form that an answer can take in a file."""

    word: str
    """What it is called where a form is asked for by name, as on the command line."""
    method: str
    """Name of the method that makes it; it returns text or bytes. An object without it has no such form."""
    options: Mapping[str, Any] = MappingProxyType({})
    """What the method is told when a file is written, where that differs from what is printed."""


FORMATS: Final[Mapping[str, Form]] = MappingProxyType({
    ".html": Form("html", "to_page"),
    ".htm": Form("html", "to_page"),
    ".md": Form("markdown", "to_markdown"),
    ".txt": Form("text", "to_text"),
    ".csv": Form("csv", "to_csv", MappingProxyType({"bom": True})),
    ".json": Form("json", "to_json"),
    ".jsonl": Form("jsonl", "to_jsonl"),
    ".pdf": Form("pdf", "to_pdf"),
    ".xlsx": Form("xlsx", "to_xlsx"),
    ".parquet": Form("parquet", "to_parquet"),
    ".svg": Form("svg", "to_svg"),
    ".png": Form("png", "to_png"),
})  # fmt: skip
"""What an ending of a file's name asks for; the first ending of a form is the usual one."""


def form_of(path: str | os.PathLike[str]) -> Form | None:
    """Return the form that the ending of a file's name asks for, in whatever case; `None` where it asks for none."""
    return FORMATS.get(os.path.splitext(os.fspath(path))[1].lower())


class Shown:
    """Shows itself as a table with its footnotes and sources, wherever a person meets it; never changes."""

    __slots__ = ()

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute that is not there yet; what is there cannot be changed."""
        if name in self.__dict__:
            raise AttributeError(f"{name!r} of a {type(self).__name__} cannot be changed")
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{name!r} of a {type(self).__name__} cannot be taken away")

    def rows(self) -> Rows:
        """Return the columns and rows of plain values behind the table, without loading pandas."""
        raise NotImplementedError

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as plain, tidy pandas, provenance as columns."""
        import pandas as pd

        columns, rows = self.rows()
        return pd.DataFrame(rows, columns=columns)

    def to_table(self) -> Any:
        """Return the description that is drawn: a `render.Table` with columns, rows, footnotes and sources."""
        from stackcompare.render import table_of

        return table_of(self)

    def to_html(self) -> str:
        """Return a self-contained HTML fragment: styles scoped, text escaped, no script."""
        from stackcompare.render import html

        return html(self.to_table())

    def to_page(self) -> str:
        """Return a whole HTML page under the table's title, ready to be saved."""
        from stackcompare.render import html, whole_page

        table = self.to_table()
        return whole_page(html(table), title=table.title)

    def to_pdf(self) -> bytes:
        """Return its page printed on A4 by the machine's Chromium.

        Raises `MissingExtraError` without Playwright, `OutputError` where no browser can be started.
        """
        from stackcompare.render.pdf import pdf

        return pdf(self.to_page())

    def to_markdown(self) -> str:
        """Return a Markdown table with footnotes and numbered sources."""
        from stackcompare.render import markdown

        return markdown(self.to_table())

    def to_csv(self, *, bom: bool = False) -> str:
        """Return CSV, one line a row; formulas are defused. Spreadsheets know UTF-8 by a byte order mark: `bom`."""
        from stackcompare.render import csv

        return csv(self, bom=bom)

    def to_json(self) -> str:
        """Return JSON with every value behind the table."""
        from stackcompare.render import json

        return json(self)

    def to_jsonl(self) -> str:
        """Return JSON Lines, one object a row."""
        from stackcompare.render import jsonl

        return jsonl(self)

    def to_parquet(self) -> bytes:
        """Return Parquet with typed columns; raise `MissingExtraError` without pyarrow."""
        from stackcompare.render import parquet

        return parquet(self)

    def to_xlsx(self) -> bytes:
        """Return a workbook: a sheet for each grid of the table, then notes and sources.

        Raises `MissingExtraError` without XlsxWriter.
        """
        from stackcompare.render.spreadsheet import xlsx

        return xlsx(self.to_table())

    def to_text(self, width: int = 100) -> str:
        """Return the table as plain text of at most `width` columns."""
        from stackcompare.render import text

        return text(self.to_table(), width=width)

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write the object to a file, in the form that its ending asks for: `.html`, `.md`, `.csv`, `.json`, ...

        A file that exists is replaced only with `force`. Raises `OutputError`, which lists the endings where none fits;
        then nothing is left behind.
        """
        from stackcompare.render import content, write

        write(path, content(self, path), force=force)

    def __rich__(self) -> Any:
        """Return what `rich` draws."""
        from stackcompare.render import rich

        return rich(self.to_table())

    def _repr_html_(self) -> str:
        """Return what a notebook shows: of a long table the first rows, and how to see the rest."""
        from stackcompare.render import html, shortened

        return html(shortened(self.to_table()))

    def __repr__(self) -> str:
        """Return plain text, as the prompt shows it: of a long table the first rows, and how to see the rest."""
        from stackcompare.render import shortened, text

        return text(shortened(self.to_table()))


class Charted(Shown):
    """Shows itself as a picture too."""

    __slots__ = ()

    def chart(self, *, most: int | None = None) -> Any:
        """Return its chart: a `Chart` with `to_svg()`, `to_png()`, words for who cannot see it, and a table.

        `most` says how many rows or names it has at most. Drawing it needs the extra `charts`.
        """
        from stackcompare.render import chart_of

        return chart_of(self, most=most)


class Entry(Shown):
    """One answer of a listing, or one that stands alone: a frozen dataclass that shows itself as listings do."""

    __slots__ = ()

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield its rows, plain values by column: what it knows without the listing around it."""
        raise NotImplementedError

    def rows(self) -> Rows:
        """Return its columns and rows of plain values."""
        lines = list(self.lines())
        return rows_of(list(lines[0]) if lines else [], lines)


def rows_of(columns: list[str], lines: Iterable[Mapping[str, Any]]) -> Rows:
    """Return these columns of lines, a row each."""
    return columns, [[line[name] for name in columns] for line in lines]


def pairs(settings: Mapping[str, str]) -> str | None:
    """Return settings as `name=value` texts, or `None` where there are none."""
    return ", ".join(f"{name}={value}" for name, value in settings.items()) or None


def text(value: object) -> str | None:
    """Return a value as text, `None` where there is none."""
    return None if value is None else str(value)


class Listing(Shown, Sequence[T]):
    """Answers in their order, as a sequence that shows itself."""

    def __init__(self, items: tuple[T, ...]) -> None:
        self._items = items

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        """Return one answer, or several."""
        return self._items[index]

    def __len__(self) -> int:
        """Return the number of answers."""
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        """Iterate over the answers."""
        return iter(self._items)
