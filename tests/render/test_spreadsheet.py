"""Workbooks, as openpyxl and pandas read them back."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stackcompare as sc
from stackcompare.errors import OutputError
from stackcompare.render import spreadsheet
from stackcompare.render.spreadsheet import _cut, _names, xlsx
from stackcompare.render.table import Column, Footnote, Part, Piece, Row, SourceNote, Table, cell
from tests.render.test_hostile import HOSTILE, hostile  # noqa: F401 - a fixture
from tests.render.test_snapshots import SHOWN

openpyxl = pytest.importorskip("openpyxl", reason="workbooks are read back with openpyxl: extra dev")
pytest.importorskip("xlsxwriter", reason="workbooks need the extra xlsx")
Workbook = openpyxl.workbook.Workbook


def read(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def table(*pieces: Piece, label: str = "Score", title: str = "A title", part: str = "", **more: Any) -> Table:
    """Return a table of one grid: a row for each piece."""
    rows = tuple(Row((cell(f"row {place}"), (piece,))) for place, piece in enumerate(pieces, 1))
    return Table(title, (Part((Column("Name"), Column(label, "right")), rows, part),), **more)


def source(number: int, url: str | None = "https://one.example/a") -> SourceNote:
    return SourceNote(number, f"source-{number}", f"Title {number}", "Publisher", "model card", "2026", url, ("rival",))


@pytest.mark.parametrize("name", SHOWN)
def test_every_grid_has_a_sheet_with_its_statements(name: str, catalog: sc.Catalog) -> None:
    shown = SHOWN[name](catalog)
    described = shown.to_table()
    book = read(xlsx(described))
    extra = ["Notes", "Sources"] if described.sources else ["Notes"]
    assert book.sheetnames[-len(extra) :] == extra
    sheets = book.worksheets[: -len(extra)]
    assert len(sheets) == len(described.parts)
    for sheet, part in zip(sheets, described.parts, strict=True):
        grouped = any(row.group for row in part.rows)
        assert sheet.freeze_panes == ("C2" if grouped else "B2")
        assert sheet.auto_filter.ref == sheet.dimensions
        heads = [held.value for held in sheet[1]]
        index = -1
        for place, column in enumerate(part.columns):
            index = heads.index(column.label, index + 1)
            for line, row in enumerate(part.rows, 2):
                said = sheet.cell(line, index + 1).value
                for piece in row.cells[place]:
                    if piece.text in ("", "—"):
                        continue
                    number = spreadsheet._number(piece)
                    assert said == number[0] if number and len(row.cells[place]) == 1 else piece.text in str(said)


@pytest.mark.parametrize("name", SHOWN)
def test_the_same_object_gives_the_same_bytes(name: str, catalog: sc.Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    first = SHOWN[name](catalog).to_xlsx()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert SHOWN[name](catalog).to_xlsx() == first
    assert {entry.date_time for entry in ZipFile(BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_number_is_a_number_with_the_digits_printed() -> None:
    pieces = [Piece("86.70"), Piece("1,234.5"), Piece("-3"), Piece("41", mark="●", strong=True), Piece("7", faint=True)]
    sheet = read(xlsx(table(*pieces))).worksheets[0]
    held = [sheet.cell(line, 2) for line in range(2, 7)]
    assert [each.value for each in held] == [86.7, 1234.5, -3, 41, 7]
    assert [each.number_format for each in held] == ["0.00", "#,##0.0", "0", '"● "0', "0"]
    assert [each.font.bold for each in held] == [False, False, False, True, False]
    assert held[0].alignment.horizontal == "right"


@pytest.mark.parametrize(
    "text",
    [
        ">70",
        "~77.5",
        "12.7B",
        "1 (baseline)",
        "007",
        "1,23",
        "1.",
        "1234567890123456",
        "٣",
        "66 %",
        "1e5",
        "inf",
        "nan",
    ],
)
def test_what_is_no_plain_number_is_text_as_printed(text: str) -> None:
    held = read(xlsx(table(Piece(text)))).worksheets[0].cell(2, 2)
    assert (held.value, held.data_type) == (text, "s")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1",
        "@x",
        "{=1}",
        "https://evil.example",
        "mailto:a@b.example",
        "internal:'Notes'!A1",
    ],
)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    hostile_table = table(
        Piece(text), label=text, title=text, part=text, remarks=(text,), footnotes=(Footnote("a", text),)
    )
    content = xlsx(hostile_table)
    for sheet in read(content):
        for row in sheet.iter_rows():
            for held in row:
                assert held.data_type in {"s", "n"}
                assert held.hyperlink is None or (held.coordinate, held.hyperlink.target) == (
                    "A3",
                    None,
                )  # to its sheet
    assert not any(b"<f>" in ZipFile(BytesIO(content)).read(name) for name in ZipFile(BytesIO(content)).namelist())


def test_sources_and_notes_have_columns_of_their_own_that_lead_there() -> None:
    described = table(
        Piece("86.70", sources=(1, 2), notes=("a",)), Piece("80", sources=(2,)), Piece("70"),
        footnotes=(Footnote("a", "one run only"),), sources=(source(1), source(2, "javascript:alert(1)")),
    )  # fmt: skip
    book = read(xlsx(described))
    sheet, notes, sources = book.worksheets
    assert [held.value for held in sheet[1]] == ["Name", "Score", "Score [sources]", "Score [notes]"]
    assert [held.value for held in sheet["C"][1:]] == ["1, 2", 2, None]
    assert [held.value for held in sheet["D"][1:]] == ["a", None, None]
    assert (sheet["C2"].hyperlink.location, sheet["C3"].hyperlink.location) == ("'Sources'!A2", "'Sources'!A3")
    place = sheet["D2"].hyperlink.location
    assert place.startswith("'Notes'!A")
    assert notes[place.rpartition("!")[2]].value == "a"
    assert notes[place.rpartition("!")[2].replace("A", "B")].value == "one run only"
    assert [held.value for held in sources[2]] == [
        1,
        "Title 1",
        "Publisher",
        "2026",
        "model card",
        "rival",
        "source-1",
        "https://one.example/a",
    ]
    assert sources["B2"].hyperlink.target == "https://one.example/a"
    assert sources["B3"].hyperlink is None


def test_several_statements_stand_below_one_another_with_their_sources() -> None:
    cells = ((Piece("12.7B", sources=(1,)), Piece("12B", sources=(2, 1))),)
    described = Table("T", (Part((Column("Params"),), (Row(cells),)),), sources=(source(1), source(2)))
    sheet = read(xlsx(described)).worksheets[0]
    assert (sheet["A2"].value, sheet["B2"].value) == ("12.7B\n12B", "1\n2, 1")
    assert sheet["A2"].alignment.wrap_text


def test_groups_are_a_column(comparison: sc.Comparison) -> None:
    frame = pd.read_excel(BytesIO(comparison.to_xlsx()), sheet_name=0)
    part = comparison.to_table().parts[0]
    assert list(frame["Group"]) == [row.group for row in part.rows]
    assert list(frame.iloc[:, 1]) == [row.cells[0][0].text for row in part.rows]


def test_pandas_reads_a_column_of_scores_as_numbers() -> None:
    frame = pd.read_excel(BytesIO(xlsx(table(Piece("86.70", mark="●"), Piece("—", faint=True), Piece("80")))))
    assert frame["Score"].dtype == float
    assert frame["Score"].isna().tolist() == [False, True, False]


def test_title_marks_legends_and_remarks_are_noted() -> None:
    part = Part((Column("A aster", short="A", legend="Aster 2"),), (), empty="no score")
    described = Table("What it shows", (part,), marks=(("●", "win"),), remarks=("In percent.",))
    book = read(xlsx(described))
    assert [tuple(held.value for held in row) for row in book["Notes"].iter_rows()] == [
        ("Mark", "Meaning"), (None, "What it shows"), ("●", "win"), ("A aster", "Aster 2"), (None, "In percent."),
    ]  # fmt: skip
    assert book.worksheets[0]["A2"].value == "no score"
    assert book.properties.title == "What it shows"


def test_a_title_longer_than_a_name_stands_whole_in_the_notes_and_leads_there() -> None:
    titles = ["It's all: what is shown in every one of these parts", "It's all: what is shown in some of these parts"]
    parts = tuple(Part((Column("Name"),), (Row((cell("x"),)),), title) for title in titles)
    book = read(xlsx(Table("T", parts)))
    assert book.sheetnames == ["It's all what is shown in ever…", "It's all what is shown in some…", "Notes"]
    assert [(row[0].value, row[1].value) for row in book["Notes"].iter_rows(3, 4)] == list(
        zip(book.sheetnames, titles, strict=False)
    )
    assert book["Notes"]["A4"].hyperlink.location == "'It''s all what is shown in some…'!A1"


def test_a_table_of_nothing_is_a_workbook() -> None:
    assert read(xlsx(Table("", ()))).sheetnames == ["Notes"]
    assert read(xlsx(Table("", (Part((), ()),)))).sheetnames == ["Table", "Notes"]


@pytest.mark.parametrize("name", SHOWN)
def test_hostile_texts_do_nothing(name: str, hostile: tuple[str, sc.Catalog]) -> None:  # noqa: F811 - the fixture
    for sheet in read(SHOWN[name](hostile[1]).to_xlsx()):
        assert not re.search(r"[\[\]:*?/\\]", sheet.title)
        for row in sheet.iter_rows():
            for held in row:
                assert held.data_type in {"s", "n"}
                assert held.hyperlink is None or held.hyperlink.location or re.match("https?://", held.hyperlink.target)
                if isinstance(held.value, str):
                    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e]", held.value)


def test_a_text_longer_than_a_cell_is_cut() -> None:
    sheet = read(xlsx(table(Piece("m" * 40_000), Piece("👩" * 20_000)))).worksheets[0]
    assert sheet["B2"].value == "m" * 32_766 + "…"
    assert sheet["B3"].value == "👩" * 16_383 + "…"


def test_more_links_than_a_sheet_holds_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "_MOST_LINKS", 2)
    sheet = read(xlsx(table(*[Piece("1", sources=(1,))] * 4, sources=(source(1),)))).worksheets[0]
    assert [bool(held.hyperlink) for held in sheet["C"][1:]] == [True, True, False, False]
    assert [held.value for held in sheet["C"][1:]] == [1, 1, 1, 1]


def test_an_address_too_long_for_a_link_is_text() -> None:
    sheet = read(xlsx(table(sources=(source(1, "https://one.example/" + "a" * 3000),))))["Sources"]
    assert sheet["B2"].hyperlink is None
    assert len(sheet["H2"].value) == 3020


def test_a_grid_larger_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "_MOST_ROWS", 3)
    with pytest.raises(
        OutputError, match="'A title' has 3 rows and 2 columns, more than a sheet of XLSX holds; select less"
    ):
        xlsx(table(Piece("1"), Piece("2"), Piece("3")))


@given(
    st.lists(
        st.one_of(
            st.text(), st.sampled_from(["Notes", "notes", "SOURCES", "history", "''", "a" * 40, "[x]:*?/\\", "🙂" * 20])
        ),
        max_size=12,
    )
)
def test_names_of_sheets_are_what_excel_accepts(titles: list[str]) -> None:
    names = list(_names(titles))
    assert len({name.casefold() for name in (*names, "Notes", "Sources")}) == len(names) + 2
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


@given(st.text(), st.integers(2, 40))
def test_a_cut_text_is_short_enough_and_the_beginning(text: str, most: int) -> None:
    cut = _cut(text, most)
    assert len(cut.encode("utf-16-le", "surrogatepass")) <= 2 * most
    assert cut == text or text.startswith(cut[:-1])


def test_a_workbook_holds_all_results_though_a_page_does_not(catalog: sc.Catalog) -> None:
    many = sc.Results(catalog, list(catalog.results) * 50)
    assert len(many) > len(many.to_table().parts[0].rows)
    book = read(many.to_xlsx())
    assert book.worksheets[0].max_row == 1 + len(many)
    assert not any("left out" in str(held.value) for row in book["Notes"].iter_rows() for held in row)


def test_thirty_grids_of_one_title_are_thirty_sheets() -> None:
    part = Part((Column("Name"),), (Row((cell("x"),)),), "What is shown in every one of these parts")
    book = read(xlsx(Table("T", (part,) * 30)))
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames}) == 31
    assert book.sheetnames[29] == "What is shown in every on… (30)"


def test_hostile_titles_are_all_covered() -> None:
    for text in HOSTILE.values():
        assert len(read(xlsx(table(Piece("1"), part=text, title=text))).sheetnames) == 2


def test_the_number_of_a_document_is_no_part_of_a_sheets_name() -> None:
    assert list(_names(["A launch [16]: not ahead", "B [x]"])) == ["A launch not ahead", "B x"]
