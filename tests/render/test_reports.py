"""A report as Markdown, text and a page: what it says is cited, whole and harmless, whatever stands in the data."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

import stackcompare as sc
from stackcompare.loading.store import Store, plain
from stackcompare.records import SECTIONS
from stackcompare.render.document import Document, uncited
from stackcompare.render.reports import document
from stackcompare.render.words import listed
from tests.render.conftest import CATALOGUE, HERE
from tests.render.test_hostile import HOSTILE, MARKDOWN, Page, poisoned
from tests.sample import ASTER

MORE = """
licenses:
  closed-terms:
    name: Closed Terms
    url: https://terms.example/closed
    source: birch-card
    facets: {commercial-use: {value: forbidden, locator: clause 3, note: unless paid for}}
models:
  birch-next: {name: Birch Next, developer: birch, source: birch-card, released: 2026-06, license: closed-terms}
  elm-1: {name: Elm 1, developer: cedar, source: birch-card}
assets:
  aster-data:
    name: Aster pretraining data
    organization: aster
    source: aster-report
    kind: pretraining data
    size: 2T tokens
    released: 2026-03
prices:
  aster-one:
    model: aster-2-120b-a12b
    channel: Cloud One
    source: market-note
    input_usd:
    - {value: 0.2, date: 2026-03, note: while it lasts}
    - {value: 0.5, source: aster-report, date: 2026-01}
    output_usd: {value: 0.8, date: 2026-03}
  birch-one:
    model: birch-large-122b-a10b
    channel: Cloud One
    source: market-note
    input_usd: {value: 0.4, date: 2026-03}
findings:
  about-the-vendor:
    topic: who is larger
    kind: evaluators
    about: [aster]
    claims: [{value: this one, source: judges-2026}, {value: that one, source: market-note}]
briefs:
  aster:
    subject: aster
    source: market-note
    note: Argued before the second release.
    thesis:
    - {value: Aster sells openness., locator: page 1}
    - {value: It lives on licenses., source: birch-card, derived: from its list, confidence: low}
    conditions_for:
    - title: Audit
      statement: Data must be open.
      versus: [birch]
      locator: page 2
      since:
      - {value: Birch opens its data too., source: birch-card, date: 2026-02, confidence: low}
    conditions_against:
    - {title: Speed, statement: Nobody waits.}
    scenarios:
    - {title: Up, signals: [more users, fewer rivals], implications: [growth]}
    indicators:
    - {title: Users, watch: The count of users., since: [{value: Ten., source: judges-2026, date: 2026-04}]}
"""


def loaded(*more: str, order: int = 1) -> sc.Catalog:
    """Return the catalogue of these tests with more records, read in one order or the other."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(HERE):
        paths = []
        for number, text in enumerate(more):
            paths.append(Path(folder, f"more-{number}.yaml"))
            paths[-1].write_text(text, encoding="utf-8")
        return sc.load([Path(CATALOGUE.name), *paths][::order])


@pytest.fixture(scope="module")
def full() -> sc.Catalog:
    return loaded(MORE)


@pytest.fixture(scope="module")
def report(full: sc.Catalog) -> sc.Report:
    return sc.report(full, "aster", charts=False)


def texts(made: Document) -> Iterator[str]:
    """Yield every text of a document in which `[1]` leads to a source."""
    for section in made.sections:
        yield from (text for line in section.lines for text in (line.text, *line.details))
        yield from (part.title for part in section.table.parts)
        yield from (note.text for note in section.table.footnotes)


def cited(made: Document) -> set[int]:
    pieces = [
        piece
        for section in made.sections
        for part in section.table.parts
        for row in part.rows
        for held in row.cells
        for piece in held
    ]
    in_cells = {number for piece in pieces for number in piece.sources}
    return in_cells | {int(number) for text in texts(made) for number in re.findall(r"\[(\d+)\]", text)}


def lettered(made: Document) -> Iterator[tuple[set[str], set[str]]]:
    """Yield, section by section, the letters that are used and those that are explained."""
    for section in made.sections:
        rows = [row for part in section.table.parts for row in part.rows]
        used = {letter for row in rows for held in row.cells for piece in held for letter in piece.notes}
        yield used, {note.letter for note in section.table.footnotes}


def line(made: Document, term: str) -> str:
    return next(each.text for section in made.sections for each in section.lines if each.term == term)


def details(made: Document, term: str) -> tuple[str, ...]:
    return next(each.details for section in made.sections for each in section.lines if each.term == term)


def meanings(made: Document) -> str:
    return "\n".join(made.sections[0].table.remarks)


# What it says


@pytest.mark.parametrize("ending", ["md", "txt"])
def test_looks_as_stored(ending: str, report: sc.Report, same_as: Callable[[str, str], None]) -> None:
    same_as(f"report.{ending}", report.to_markdown() if ending == "md" else report.to_text(100))


SUBJECTS: list[Any] = [
    "aster",
    "birch",
    "aster-2-120b-a12b",
    ["aster-2-120b-a12b", "cedar-oss-120b"],
    ["aster", "birch"],
]


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_every_number_has_its_source_and_every_source_its_number(full: sc.Catalog, subject: Any) -> None:
    versus = "cedar-oss-120b" if subject == ["aster", "birch"] else None
    made = document(sc.report(full, subject, versus=versus))
    assert cited(made) == {source.number for source in made.sources} == set(range(1, len(made.sources) + 1))
    assert all(used == explained for used, explained in lettered(made))


@pytest.mark.parametrize("subject", ["nvidia", "openai", "moonshot", "ibm"])
def test_bundled_reports_cite_what_they_say(bundled: sc.Catalog, subject: str) -> None:
    made = document(sc.report(bundled, subject))
    assert cited(made) == {source.number for source in made.sources}
    assert all(used == explained for used, explained in lettered(made))
    figures = [
        piece.text
        for section in made.sections
        if section.key in {"models", "terms", "own-documents"}
        for part in section.table.parts
        for row in part.rows
        for held in row.cells[1:]
        for piece in held
        if re.fullmatch(r"[~<>≥≤]*[\d.,]+[KMBTi]*", piece.text) and not piece.sources
    ]
    assert figures == []


def test_the_answer_counts_what_the_tables_count(bundled: sc.Catalog) -> None:
    made = sc.report(bundled, "nvidia")
    said = line(document(made), "Ahead")
    tallies = [duel.tally for duel in made.duels]
    settings = {(v.benchmark, str(v.facets)) for duel in made.duels for v in duel.verdicts.contested}
    assert f"in {sum(t.wins for t in tallies)} of {sum(sum(t) for t in tallies)} comparisons" in said
    assert f"not surely, in {sum(t.leads for t in tallies)}." in said
    assert f"{len(tallies)} pairs meet in {len(settings)} settings" in meanings(document(made))
    assert len(re.findall("^(?:clearest|then): ", "\n".join(details(document(made), "Ahead")), re.MULTILINE)) == 4


def test_what_is_read_with_doubt_is_named_after_what_is_sure(write: Callable[..., Path]) -> None:
    table = """
benchmarks:
  sure: {name: Sure, domain: science, metric: accuracy, unit: percent, source: lab-run, items: 1000}
  unsure: {name: Unsure, domain: science, metric: accuracy, unit: percent, source: lab-run, items: 1000}
results:
- source: lab-run
  columns: [{model: aster-2}, {model: borealis-1}]
  rows:
  - {benchmark: sure, scores: [70, 60]}
  - {benchmark: unsure, confidence: low, scores: [90, 10]}
"""
    catalog = sc.load(write(ASTER), extend=write(table, "more.yaml"))
    said = details(document(sc.report(catalog, "aster-2", versus="borealis-1")), "Ahead")
    assert [text.split(" by ")[0] for text in said] == ["clearest: Sure", "then: Unsure"]


def test_one_pair_meets_in_settings_and_several_in_comparisons(full: sc.Catalog) -> None:
    assert line(document(sc.report(full, "aster")), "Ahead") == (
        "Beyond the noise in 0 of 7 settings; ahead, but not surely, in 3."
    )
    several = sc.report(full, "aster-2-120b-a12b", versus="birch-large-122b-a10b, cedar-oss-120b")
    said = meanings(document(several))
    assert "one pair of models in one setting, a benchmark with what must agree: 2 pairs meet in 7 settings" in said


def test_costs_are_set_beside_the_model_that_a_rival_meets(full: sc.Catalog) -> None:
    both = sc.report(full, "aster-2-120b-a12b, birch-large-122b-a10b", versus="cedar-oss-120b")
    assert line(document(both), "Cost") == (
        "Where both are known, the rivals run on 0.402 to 0.510 times the active parameters of the models that they meet."
    )
    one, other = details(document(both), "Cost")
    assert re.search(r"of Aster 2 120B-A12B( \[\d+\])+ being 1: Cedar OSS 120B 0\.402 \(0\.402 to 0\.425\)", one)
    assert re.search(r"of Birch Large 122B-A10B( \[\d+\])+ being 1: Cedar OSS 120B 0\.510", other)


def test_list_prices_are_compared_where_a_channel_has_both(report: sc.Report) -> None:
    assert "; they ask 2 times the list price of input tokens." in line(document(report), "Cost")
    assert "Birch Large 122B-A10B input 2 on 1 channel [2]" in details(document(report), "Cost")[-1]


def test_unknown_features_are_not_called_unique(report: sc.Report) -> None:
    assert line(document(report), "Only here") == "Nothing is known to be offered here alone."
    assert details(document(report), "Only here") == (
        "of 1 feature offered here it is unknown whether the vendor compared with here has it too",
    )


def test_features_known_of_nobody_else_say_of_whom_they_are_unknown(bundled: sc.Catalog) -> None:
    made = document(sc.report(bundled, "nvidia"))
    said, more = line(made, "Only here"), "\n".join(details(made, "Only here"))
    counts = re.match(
        r"(\d+) features? known of NVIDIA \(Nemotron\) and of none of the 6 vendors compared with here; (\d+) of", said
    )
    assert counts is not None
    known, denied = map(int, counts.groups())
    assert more.startswith("known not to be offered there: ")
    unknown = [int(number) for number in re.findall(r"unknown of (\d+)", more)]
    assert all(number < 6 for number in unknown)
    assert known - denied == len(unknown)


def test_a_feature_that_a_vendor_out_of_the_report_has_too_is_not_called_unique(bundled: sc.Catalog) -> None:
    said = "\n".join(details(document(sc.report(bundled, "openai", versus="anthropic")), "Only here"))
    key = next(key for key, record in bundled.features.items() if f"{record.name} [" in said)
    matrix = sc.compare_competitors(bundled, *bundled.competitors).features()
    having = [
        bundled.competitors[vendor].name
        for vendor in bundled.competitors
        if vendor != "openai" and (claim := matrix.cell(key, vendor)) is not None and claim.value != "no"
    ]
    assert having
    assert f"(elsewhere, if only in part: {listed(having)})" in said


def test_a_brief_holds_every_claim_of_its_thesis_and_what_has_happened_since(report: sc.Report) -> None:
    made = next(section for section in document(report).sections if section.key == "brief")
    said = "\n".join(part.title for part in made.table.parts)
    assert said == "Thesis\nConditions\nScenarios\nIndicators"
    thesis, conditions, *_ = made.table.parts
    assert [row.cells[0][0].text for row in thesis.rows] == ["Aster sells openness.", "It lives on licenses."]
    assert conditions.rows[0].cells[2][0].text == "2026-02: Birch opens its data too."
    notes = {note.text for note in made.table.footnotes}
    assert {"from its list; reading doubtful", "page 2; measured against Birch", "reading doubtful"} <= notes
    assert made.table.remarks == ("Argued before the second release.",)


def test_licenses_and_prices_say_who_states_them(report: sc.Report) -> None:
    terms = next(section.table for section in document(report).sections if section.key == "terms")
    licenses, _, prices, openness = terms.parts
    assert licenses.rows[0].cells[1][0].sources
    assert prices.rows[0].cells[4][0].text == "2026-03"
    number = next(source.number for source in document(report).sources if source.key == "aster-report")
    assert f"while it lasts; 0.5 according to [{number}], as of 2026-01" in {note.text for note in terms.footnotes}
    assert openness.title == "Openness by component: 1 data set, recipe or tool"


def test_sections_for_which_there_is_nothing_are_left_out(full: sc.Catalog) -> None:
    made = document(sc.report(full, "elm-1"))
    assert [section.key for section in made.sections] == ["answer", "models"]
    assert [(said.term, said.text) for said in made.sections[0].lines] == [
        ("Cannot be said", "No document here has a score of Elm 1.")
    ]
    assert made.title == "Elm 1"
    assert "no rivals" in {line.term: line.text for line in made.colophon}["Subject"]
    every = [section.key for section in document(sc.report(full, "aster")).sections]
    assert every == ["answer", "models", "economics", "benchmarks", "own-documents", "features", "serving", "terms",
                     "brief", "conflicts"]  # fmt: skip


def test_rules_are_said_and_change_what_is_decided(full: sc.Catalog) -> None:
    strict = sc.report(full, "aster", strict=True, confidence=0.5)
    rules = {line.term: line.text for line in document(strict).colophon}["Rules"]
    assert "noise at 50 % confidence" in rules
    assert "strict" in rules
    assert line(document(strict), "Behind").startswith("Beyond the noise in 2 of 7 settings")
    assert line(document(sc.report(full, "aster")), "Behind").startswith("Beyond the noise in 1 of 7 settings")


def test_the_same_data_give_the_same_bytes_whatever_the_order_of_files(report: sc.Report) -> None:
    once, again = loaded(MORE), loaded(MORE, order=-1)
    for catalog in (once, again):
        made = sc.report(catalog, "aster", charts=False)
        assert made.to_page() == report.to_page()
        assert made.to_markdown() == report.to_markdown()
        assert made.to_json() == report.to_json()


def test_only_a_page_explains_what_only_a_page_draws(report: sc.Report) -> None:
    assert "Bars: total parameters" in report.to_page()
    assert "Bars: total parameters" not in report.to_markdown() + report.to_text() + str(report.to_table().remarks)


def test_every_form_begins_with_who_is_compared(report: sc.Report) -> None:
    assert report.to_markdown().startswith("# Aster against Birch\n")
    assert report.to_text().startswith("Aster against Birch\n")
    assert "<h1>Aster against Birch</h1>" in report.to_page()


# Hostile


def test_a_name_is_not_taken_for_the_number_of_a_source() -> None:
    assert uncited("Model [1] [x] [23]") == "Model (1) [x] (23)"


NAMES = HOSTILE | {"number": "Aster [1] [2] [99]", "nothing": " "}


@pytest.fixture(scope="module", params=NAMES)
def hostile(request: pytest.FixtureRequest, full: sc.Catalog) -> tuple[str, sc.Report]:
    text = NAMES[request.param] if NAMES[request.param].strip() else "."
    sections = {
        name: {key: kind.model_validate(poisoned(plain(record), text)) for key, record in full.section(name).items()}
        for name, kind in SECTIONS.items()
    }
    results = [sc.Result.model_validate(poisoned(plain(r), text) | {"settings": r.settings}) for r in full.results]
    return text, sc.report(sc.Catalog(Store.of(sections, results, full.store.origins)), "aster", charts=False)


def test_hostile_names_add_nothing_to_a_page(hostile: tuple[str, sc.Report]) -> None:
    written = hostile[1].to_page()
    page = Whole(written)
    assert not page.unbalanced
    assert page.tags <= ALLOWED
    assert not [name for name in page.attributes if name.startswith("on")]
    assert all(link.startswith(("#", "https://", "http://")) for link in page.links)
    within = {link[1:] for link in page.links if link.startswith("#")}
    assert within <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert page.counts["script"] == page.counts["style"] == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", written)


def test_hostile_names_are_plain_words_in_markdown(hostile: tuple[str, sc.Report]) -> None:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = Page(markdown.render(hostile[1].to_markdown()))
    assert page.tags <= {"h1", "h2", *MARKDOWN}
    assert all(link.startswith(("https://", "http://")) for link in page.links)
    made = document(hostile[1])
    assert page.counts["h2"] == len(made.sections) + 1


@pytest.mark.parametrize("width", [20, 40, 100])
def test_hostile_names_do_nothing_to_a_terminal(hostile: tuple[str, sc.Report], width: int) -> None:
    drawn = hostile[1].to_text(width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u206f]", drawn)
    assert max(map(cell_len, drawn.split("\n"))) <= width


def test_hostile_names_add_no_citation(hostile: tuple[str, sc.Report], report: sc.Report) -> None:
    for ours, theirs in zip(document(report).sections, document(hostile[1]).sections, strict=True):
        counts = [
            [len(re.findall(r"\[\d+\]", text)) for text in (*(each.text for each in section.lines),
                                                          *(part.title for part in section.table.parts))]
            for section in (ours, theirs)
        ]  # fmt: skip
        assert counts[0] == counts[1]


def test_hostile_names_come_back_whole_from_json(hostile: tuple[str, sc.Report]) -> None:
    text, made = hostile
    held = json.loads(made.to_json())
    assert held["models"]["aster-2-120b-a12b"]["name"] == text
    assert held["briefs"][0]["subject"] == "aster"


def bare(models: int, *, results: bool = True) -> sc.Catalog:
    """Return a catalogue of so many models about which next to nothing is known."""
    text = "organizations: {o: {name: O}, p: {name: P}}\nsources: {s: {title: S, publisher: o, kind: blog}}\n"
    if models:
        text += "models:\n" + "".join(
            f"  m-{place:03}: {{name: M{place}, developer: {'op'[place % 2]}, source: s}}\n" for place in range(models)
        )
    text += "benchmarks: {b: {name: B, domain: d, metric: m, unit: points}}\n"
    if models and results:
        text += "results:\n" + "".join(
            f"- {{model: m-{place:03}, source: s, table: T, scores: {{b: {place}}}}}\n" for place in range(models)
        )
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bare.yaml").write_text(text, encoding="utf-8")
        return sc.load([Path(folder, "bare.yaml")])


def test_a_catalogue_without_models_has_nobody_to_report_on() -> None:
    with pytest.raises(sc.UnknownError):
        sc.report(bare(0), "m-000")


@pytest.mark.parametrize("results", [True, False])
def test_one_model_alone_is_reported_on(results: bool) -> None:
    made = sc.report(bare(1, results=results), "m-000", charts=False)
    assert [section.key for section in document(made).sections] == (["models"] if results else ["answer", "models"])
    assert "M0" in made.to_page()
    assert "M0" in made.to_text(20)
    assert json.loads(made.to_json())["rivals"] == []


def test_four_hundred_models_have_six_rivals() -> None:
    made = sc.report(bare(400), "m-000", charts=False)
    assert len(made.rivals) == len(made.duels) == 6
    every = sc.report(bare(400), "m-000", versus=[f"m-{place:03}" for place in range(1, 400)], charts=False)
    assert sum(every.duels[0].tally) == 1
    assert len(every.duels) == 399
    assert len(every.to_page()) > 100_000


# Charts, notebooks, workbooks


def test_charts_stand_in_their_sections(full: sc.Catalog) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the extra charts")
    drawn = document(sc.report(full, "aster"), charts=True)
    assert {section.key for section in drawn.sections if section.charts} <= {"economics", "benchmarks"}
    assert any(section.charts for section in drawn.sections)
    assert not any(section.charts for section in document(sc.report(full, "aster")).sections)


def test_two_configurations_of_one_model_are_drawn(bundled: sc.Catalog) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the extra charts")
    low, high = "gpt-oss-120b[reasoning=low]", "gpt-oss-120b[reasoning=high]"
    made = document(sc.report(bundled, low, versus=high), charts=True)
    assert next(section for section in made.sections if section.key == "benchmarks").charts


def test_charts_keep_to_the_rules_of_the_report(bundled: sc.Catalog) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the extra charts")
    rules: dict[str, Any] = {"sources": ["qwen3.5-122b-a10b-card"], "confidence": 0.9}
    made = document(sc.report(bundled, "gpt-oss-120b", versus="qwen3.5-122b-a10b", strict=True, **rules), charts=True)
    _, frontier = next(section for section in made.sections if section.key == "economics").charts
    assert frontier.alt == bundled.frontier("gpqa", **rules).chart().alt
    assert frontier.alt != bundled.frontier("gpqa").chart().alt


def test_a_workbook_holds_every_grid_and_remark(report: sc.Report) -> None:
    table = report.to_table()
    made = document(report)
    answer, *grids = table.parts
    assert [(row.cells[0][0].text, row.cells[1][0].text) for row in answer.rows] == [
        (line.term, text) for line in made.sections[0].lines for text in (line.text, *line.details)
    ]
    assert [len(part.rows) for part in grids] == [
        len(part.rows) for section in made.sections for part in section.table.parts
    ]
    assert len({source.number for source in table.sources}) == len(made.sources)
    assert not any(remark.startswith("Ahead: ") for remark in table.remarks)


def test_a_notebook_shows_the_page_in_a_frame(report: sc.Report) -> None:
    frame = Page(report._repr_html_())
    assert frame.tags == {"iframe"}


ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "p", "nav", "ol", "ul", "li", "main",
    "section", "dl", "dt", "dd", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "br", "sup", "strong",
    "span", "small", "bdi", "wbr", "svg", "path", "script", "figure", "figcaption", "button", "input", "label",
}  # fmt: skip


class Whole(Page):
    """Reads a whole page, whose head has elements that are never closed."""

    VOID = Page.VOID | {"meta", "input"}


def test_a_page_says_that_its_charts_are_missing(bundled: sc.Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stackcompare.render.reports.find_spec", lambda _: None)
    made = sc.report(bundled, "gpt-oss-120b", versus="gpt-oss-20b")
    assert "pip install &quot;stackcompare[charts]&quot;" in made.to_page()
    assert (
        "stackcompare[charts]" not in sc.report(bundled, "gpt-oss-120b", versus="gpt-oss-20b", charts=False).to_page()
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("", None),
        (", accessed: 2026-05-02", "as of 2026-05-02, the last day on which a document was published or read; nothing"),
        (", published: 2026-04, accessed: 2026-05-02", "published or read, the newest being of 2026-04; nothing"),
    ],
)
def test_the_day_of_the_data_is_that_of_a_document_or_of_its_reading(
    tmp_path: Path, days: str, said: str | None
) -> None:
    text = f"""
organizations: {{lab: {{name: Lab}}}}
sources: {{run: {{title: Run, publisher: lab, kind: evaluation{days}}}}}
models: {{mini: {{name: Mini, developer: lab, source: run, total_params: {{value: 8B, date: 2020-01}}}}}}
"""
    (tmp_path / "data.yaml").write_text(text)
    made = sc.report(sc.load(tmp_path / "data.yaml"), "mini")
    told = {line.term: line.text for line in document(made).colophon}
    assert told.get("Data") is None if said is None else said in told["Data"]
    assert "9999" not in made.to_markdown() + made.to_json()
    assert ("more than a year old" in made.to_markdown()) is (said is not None)
