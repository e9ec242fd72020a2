"""Charts: the same bytes each time, safe on a page, nothing cut, nothing upon another, words for who cannot see them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from math import isclose
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stackcompare as sc
from stackcompare import render
from stackcompare.render.charts import placing, sheet, theme
from stackcompare.render.charts.svg import cleaned
from tests.render.test_hostile import HOSTILE
from tests.sample import ASTER

pytest.importorskip("matplotlib", reason="pictures need the extra charts")

A, B, C, D = "aster-2-120b-a12b", "birch-large-122b-a10b", "cedar-oss-120b", "dahlia-closed"
CHARTS: dict[str, Callable[[sc.Catalog], Any]] = {
    "bars": lambda c: c.compare(A, B, C, D).cost_ratios("total_params"),
    "comparison": lambda c: c.compare(A, B, C, D),
    "forest": lambda c: c.ranking("trivia"),
    "frontier": lambda c: c.frontier("trivia"),
    "grid": lambda c: c.grid(),
    "timeline": lambda c: c.timeline("trivia"),
    "verdicts": lambda c: c.compare(A, B).winners(),
}
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = frozenset({"svg", "title", "desc", "defs", "g", "path", "use", "text"})
"""What a chart is made of, and nothing else."""


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def with_models(write: Callable[..., Path], lines: str) -> sc.Catalog:
    return sc.load(write(ASTER), extend=[write(lines, "more.yaml")])


def many(write: Callable[..., Path], count: int) -> sc.Catalog:
    """Return a catalogue with so many more models, their scores and sizes spread over a narrow field."""
    models = [
        f"  m{n:03}: {{name: Model {n:03} Instruct, developer: aster, source: lab-run, released: 2025-{n % 12 + 1:02}, active_params: {1 + n * 7 % 23}B}}"
        for n in range(count)
    ]
    scores = [
        f"- {{model: m{n:03}, source: lab-run, table: T, scores: {{exam: {60 + n * 13 % 29}}}}}" for n in range(count)
    ]
    return with_models(write, "\n".join(["models:", *models, "results:", *scores]))


@pytest.mark.parametrize("name", CHARTS)
class TestEveryChart:
    def test_is_the_same_bytes_each_time(self, name: str, catalog: sc.Catalog) -> None:
        one, two = (CHARTS[name](catalog).chart() for _ in range(2))
        assert one.to_svg() == two.to_svg()
        assert one.to_svg(inline=True, key="k") == two.to_svg(inline=True, key="k")
        assert one.to_png() == two.to_png()

    def test_says_in_words_what_it_shows(self, name: str, catalog: sc.Catalog) -> None:
        chart = CHARTS[name](catalog).chart()
        assert chart.title
        assert len(chart.alt) > 60
        assert chart.alt.endswith(".")
        assert "nan" not in chart.alt.split()
        assert isinstance(chart.table, render.Table)
        assert chart.to_text() == CHARTS[name](catalog).to_text()

    def test_is_a_document_that_fetches_and_runs_nothing(self, name: str, catalog: sc.Catalog) -> None:
        chart = CHARTS[name](catalog).chart()
        svg = chart.to_svg()
        root = ElementTree.fromstring(svg)
        assert root.tag == f"{SVG}svg"
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN
        assert "light-dark" not in svg
        assert [
            value
            for element in root.iter()
            for key, value in element.attrib.items()
            if key.endswith("href") and not value.startswith("#")
        ] == []
        assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (chart.title, chart.alt)

    def test_is_an_element_whose_ids_are_its_own(self, name: str, catalog: sc.Catalog) -> None:
        svg = CHARTS[name](catalog).chart().to_svg(inline=True, key="fig-7")
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        root = ElementTree.fromstring(svg)
        ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids))
        assert all(each.startswith("fig-7-") for each in ids)
        assert root.attrib["aria-labelledby"].split() == ["fig-7-t", "fig-7-d"]
        assert (root.attrib["role"], root.attrib["width"]) == ("img", "100%")
        assert {element.attrib["href"][1:] for element in root.iter(f"{SVG}use")} <= set(ids)

    def test_has_every_colour_for_the_dark_too(self, name: str, catalog: sc.Catalog) -> None:
        root = ElementTree.fromstring(CHARTS[name](catalog).chart().to_svg(inline=True, key="k"))
        rules = dict(re.findall(r"#k-c \.(\w+){([^}]*)}", root.findtext(f"{SVG}style") or ""))
        for element in root.iter():
            for part in ("fill", "stroke"):
                if element.get(part, "none") != "none":
                    assert f"{part}:light-dark({element.get(part)}," in rules[element.attrib["class"]]

    def test_keeps_every_text_on_the_sheet(self, name: str, catalog: sc.Catalog) -> None:
        on_the_sheet(CHARTS[name](catalog).chart().to_svg())

    def test_shows_itself_in_a_notebook(self, name: str, catalog: sc.Catalog) -> None:
        chart = CHARTS[name](catalog).chart()
        shown = chart._repr_html_()
        assert shown.count("<svg") == 1
        assert "<script" not in shown
        assert chart.to_html().count("<table>") == len(chart.table.parts)
        assert chart.to_png()[:8] == b"\x89PNG\r\n\x1a\n"

    @pytest.mark.parametrize("kind", HOSTILE)
    def test_takes_no_harm_from_names(self, name: str, kind: str, write: Callable[..., Path]) -> None:
        text = HOSTILE[kind].replace("|", " ").replace("\x00", "")
        chart = CHARTS[name](renamed(text)).chart()
        svg = chart.to_svg()
        on_the_sheet(svg)
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200f\u202a-\u202e\u2066-\u2069]", svg + chart.alt + chart.title
        )
        assert {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()} <= DRAWN
        assert chart.to_png(dpi=40)


def renamed(text: str) -> sc.Catalog:
    """Return the invented catalogue with a hostile name for every model, benchmark and maker."""
    from stackcompare.loading.store import Store, plain
    from stackcompare.records import SECTIONS
    from tests.render.conftest import CATALOGUE
    from tests.render.test_hostile import poisoned

    catalog = sc.load([CATALOGUE])
    sections = {
        name: {key: kind.model_validate(poisoned(plain(record), text)) for key, record in catalog.section(name).items()}
        for name, kind in SECTIONS.items()
    }
    return sc.Catalog(Store.of(sections, list(catalog.results), catalog.store.origins))


def boxes(svg: str) -> list[tuple[str, placing.Box]]:
    """Return each level text with the room that it takes, by the width that it was measured with."""
    found = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if "transform" in element.attrib:
            continue
        x, y, size, wide = (float(element.get(key, "0")) for key in ("x", "y", "font-size", "textLength"))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[element.get("text-anchor", "start")]
        found.append((element.text or "", placing.Box(left, y - size * 0.7, left + wide, y)))
    return found


def on_the_sheet(svg: str) -> None:
    width, height = map(float, ElementTree.fromstring(svg).attrib["viewBox"].split()[2:])
    for text, box in boxes(svg):
        assert box.inside(placing.Box(-0.2, -0.2, width + 0.2, height + 0.2)), (text, box)


def test_labels_of_sixty_models_do_not_collide(write: Callable[..., Path]) -> None:
    catalog = many(write, 60)
    for chart in (
        catalog.frontier("exam").chart(),
        catalog.timeline("exam").chart(),
        catalog.ranking("exam").chart(most=60),
    ):
        svg = chart.to_svg()
        on_the_sheet(svg)
        held = boxes(svg)
        for (one, a), (other, b) in combinations(held, 2):
            assert not a.meets(b), (one, other)
        assert len(svg) < 60_000


def test_what_is_left_out_is_said(write: Callable[..., Path]) -> None:
    catalog = many(write, 60)
    said = " ".join(texts(catalog.ranking("exam").chart(most=10).to_svg()))
    assert "52 models further down left out; the table has all." in said
    assert "have no name here for want of room; the table names all." in " ".join(
        texts(catalog.frontier("exam").chart(most=3).to_svg())
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.ranking("elo"),
        lambda c: c.frontier("elo"),
        lambda c: c.timeline("elo"),
        lambda c: c.compare("aster-2", "cygnus", benchmarks=["elo"]),
    ],
)
def test_no_model_is_a_chart_that_says_so(aster: sc.Catalog, ask: Callable[[sc.Catalog], Any]) -> None:
    chart = ask(aster).chart()
    assert any(text.startswith("no ") for text in texts(chart.to_svg()))
    assert chart.to_png(dpi=40)


def test_an_empty_catalogue_has_an_empty_grid(write: Callable[..., Path]) -> None:
    chart = sc.load(write("organizations: {lab: {name: Lab}}\n")).grid().chart()
    assert "no results" in texts(chart.to_svg())


def test_one_model_is_drawn(write: Callable[..., Path]) -> None:
    catalog = with_models(write, "results: [{model: aster-2, source: lab-run, scores: {elo: 1300}}]")
    for found in (catalog.ranking("elo"), catalog.frontier("elo"), catalog.timeline("elo")):
        assert any("Aster 2" in text for text in texts(found.chart().to_svg()))


def test_a_bound_becomes_an_arrow(write: Callable[..., Path]) -> None:
    line = "results: [{{model: cygnus, source: lab-run, table: T, scores: {{exam: '{}90'}}}}]"
    exact, above, below = (
        with_models(write, line.format(sign)).ranking("exam").chart().to_svg() for sign in ("", ">", "<")
    )
    counts = [len(list(ElementTree.fromstring(svg).iter(f"{SVG}use"))) for svg in (exact, above, below)]
    assert counts[1] == counts[2] == counts[0] + 1
    assert "1 score is a bound" in with_models(write, line.format(">")).ranking("exam").chart().alt


def test_missing_is_a_dash_and_not_a_shade(catalog: sc.Catalog) -> None:
    svg = catalog.compare(A, B, C).chart().to_svg()
    missing = sum(len(verdict.scores) == 2 for verdict in catalog.compare(A, B, C).winners())
    assert missing
    assert texts(svg).count("—") == missing


def test_who_wins_is_marked_in_text(catalog: sc.Catalog) -> None:
    comparison = catalog.compare(A, B)
    said = texts(comparison.chart().to_svg())
    wins = [verdict for verdict in comparison.winners() if verdict.outcome == "win"]
    assert wins
    assert sum(text.startswith("● ") for text in said) == len(wins)


def test_evidence_is_told_by_marker(write: Callable[..., Path]) -> None:
    catalog = with_models(write, "results: [{model: cygnus, source: note, scores: {exam: 70}}]")
    said = texts(catalog.ranking("exam").chart().to_svg())
    assert {"by its developer", "by a rival", "quoted only"} <= set(said)


def test_a_chart_can_be_asked_for_from_the_catalogue(aster: sc.Catalog) -> None:
    assert aster.chart_frontier("exam", cost="active_params").title == "Exam against active parameters"


def test_text_is_as_wide_as_it_was_measured(catalog: sc.Catalog) -> None:
    for element in ElementTree.fromstring(catalog.ranking("trivia").chart().to_svg()).iter(f"{SVG}text"):
        if len(element.text or "") > 1:
            size, bold = float(element.attrib["font-size"]), element.get("font-weight") == "700"
            assert isclose(
                float(element.attrib["textLength"]), sheet.width_of(element.text or "", size, bold), abs_tol=0.06
            )


@pytest.mark.parametrize("x", [0.0, 360.0, 720.0])
def test_a_tick_at_the_edge_stays_on_the_sheet(x: float) -> None:
    drawn = sheet.Sheet(720)
    drawn.heading("Title")
    with sheet.drawing():
        drawn.tick(x, 50, "2026-10")
    drawn.footing(60, [])
    raw = drawn.written("svg").decode()
    on_the_sheet(cleaned(raw, title="t", alt="a", inline=False, key="k"))


def test_dollars_are_dollars(write: Callable[..., Path]) -> None:
    catalog = with_models(
        write,
        "models: {cash: {name: 'A$x^2$ and $\\frac{1}{2}$', developer: aster}}\nresults: [{model: cash, source: lab-run, scores: {exam: 99}}]".replace(
            "\\f", "\\f"
        ),
    )
    assert any("A$x^2$" in text for text in texts(catalog.ranking("exam").chart().to_svg()))


def test_drawing_leaves_matplotlib_as_it_was(catalog: sc.Catalog) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    chart = catalog.ranking("trivia").chart()
    chart.to_svg(), chart.to_png(dpi=40)
    assert dict(matplotlib.rcParams) == before
    assert chart.figure().get_size_inches()[0] == 10


def test_no_window_and_no_pyplot_is_needed() -> None:
    code = "import sys, stackcompare as sc; sc.load().ranking('gpqa').chart(most=3).to_png(); print([m for m in ('matplotlib.pyplot', 'scipy', 'tkinter') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_words_and_table_need_no_matplotlib_and_drawing_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None; import stackcompare as sc\n"
        "chart = sc.load().ranking('gpqa').chart(); assert chart.alt and chart.to_text()\n"
        "try: chart.to_svg()\n"
        "except sc.SelectionError as error: print(error)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == 'charts need matplotlib; install it with: pip install "stackcompare[charts]"'


@pytest.mark.parametrize("ask", [
    lambda c: c.ranking("gpqa-diamond"), lambda c: c.ranking("vectara-hallucination"), lambda c: c.ranking("lmarena-text"),
    lambda c: c.frontier("gpqa-diamond"), lambda c: c.frontier("hle", cost="output_usd"), lambda c: c.frontier("swe-bench-verified", cost="total_params"),
    lambda c: c.timeline("gpqa-diamond"), lambda c: c.grid(), lambda c: c.compare(*list(c.grid().models[:7])),
])  # fmt: skip
def test_bundled_charts_are_small_and_whole(bundled: sc.Catalog, ask: Callable[[sc.Catalog], Any]) -> None:
    svg = ask(bundled).chart().to_svg(inline=True, key="k")
    assert len(svg.encode()) < 60_000
    on_the_sheet(svg)


# Places of labels

coordinates = st.floats(10, 390, allow_nan=False)


@given(st.lists(st.tuples(coordinates, coordinates, st.floats(5, 120)), max_size=30), st.booleans())
def test_placed_labels_share_no_room(points: list[tuple[float, float, float]], above: bool) -> None:
    area = placing.Box(0, 0, 400, 400)
    labels = [placing.Label(x, y, "a", wide, 10, theme.INK, above=above) for x, y, wide in points]
    taken = [placing.around(x, y) for x, y, _ in points]
    held = [place.box for place in placing.placed(labels, area, taken) if place is not None]
    assert all(box.inside(area) for box in held)
    assert not any(a.meets(b) for a, b in combinations(held, 2))
    assert not any(a.meets(b) for a in held for b in taken)


def test_a_label_alone_finds_a_place() -> None:
    (place,) = placing.placed([placing.Label(200, 200, "a", 50, 10, theme.INK)], placing.Box(0, 0, 400, 400), [])
    assert place is not None
    assert not place.leader


# The look

SEEN = {
    # What the colour-blind see: matrices of G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, A physiologically-based
    # model for simulation of color vision deficiency, IEEE TVCG 15 (2009), severity 1, on linear RGB.
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> list[float]:
    xyz = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    x, y, z = (sum(a * min(max(b, 0), 1) for a, b in zip(row, rgb, strict=False)) / row[3] for row in xyz)
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("eyes", SEEN)
def test_vendor_colours_stay_apart_for_the_colour_blind(mode: str, eyes: str) -> None:
    seen = [
        lab([sum(a * b for a, b in zip(row, linear(getattr(tone, mode)), strict=True)) for row in SEEN[eyes]])
        for tone in theme.VENDORS
    ]
    assert (
        min(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 for one, other in combinations(seen, 2))
        > 12
    )


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_contrast_is_enough_for_text_and_for_marks(mode: str) -> None:
    surface = getattr(theme.SURFACE, mode)
    for tone in (theme.INK, theme.FAINT):
        assert contrast(getattr(tone, mode), surface) >= 4.5
        assert contrast(getattr(tone, mode), getattr(theme.BAND, mode)) >= 4.5
    for tone in (*theme.VENDORS, theme.OPEN, theme.CLOSED):
        assert contrast(getattr(tone, mode), surface) >= 3
    for shade, ink in zip(theme.SHADES, theme.ON_SHADE, strict=True):
        assert contrast(getattr(shade, mode), getattr(ink, mode)) >= 4.5


def test_every_light_colour_names_one_tone() -> None:
    tones = [
        theme.SURFACE,
        theme.INK,
        theme.FAINT,
        theme.RULE,
        theme.BAND,
        theme.OPEN,
        theme.CLOSED,
        *theme.SHADES,
        *theme.ON_SHADE,
        *theme.VENDORS,
    ]
    assert len(theme.TONES) == len(tones)


@given(st.sets(st.text("abcdefgh-", min_size=1, max_size=9), max_size=20), st.text("abcdefgh-", min_size=1, max_size=9))
def test_another_vendor_changes_no_colour(vendors: set[str], another: str) -> None:
    before = {vendor: theme.vendor_tone(vendor) for vendor in vendors}
    assert before == {vendor: theme.vendor_tone(vendor) for vendor in vendors | {another} if vendor in vendors}


def test_vendors_of_one_colour_differ_in_shape() -> None:
    vendors = [f"maker-{n}" for n in range(30)]
    shapes = theme.vendor_shapes(vendors)
    looks = [(theme.vendor_tone(vendor), shapes[vendor]) for vendor in vendors]
    assert len(set(looks)) == len(looks)


def test_no_two_colours_begin_with_the_same_shape() -> None:
    first = {theme.vendor_tone(vendor): theme.vendor_shapes([vendor])[vendor] for vendor in map(str, range(99))}
    assert len(first) == len(set(first.values())) == len(theme.VENDORS)


def test_the_vendors_measured_most_have_colours_of_their_own(bundled: sc.Catalog) -> None:
    counts: dict[str, int] = {}
    for result in bundled.results:
        developer = bundled.models[result.model].developer
        counts[developer] = counts.get(developer, 0) + 1
    most = sorted(counts, key=lambda vendor: -counts[vendor])[:8]
    assert len({theme.vendor_tone(vendor) for vendor in most}) == 8


def test_numbers_of_an_axis_are_short() -> None:
    assert [sheet.plain_number(value) for value in (0.0, 0.05, 2.5, 1300.0, 1.2e9, 2e12)] == [
        "0",
        "0.05",
        "2.5",
        "1,300",
        "1.2B",
        "2T",
    ]


@given(st.text(max_size=60), st.floats(5, 300))
def test_a_fitted_text_fits(text: str, width: float) -> None:
    with sheet.drawing():
        assert sheet.width_of(sheet.fitted(text, 11, width), 11) <= max(width, sheet.width_of("…", 11)) + 0.01


def test_rows_of_one_benchmark_begin_with_what_tells_them_apart(write: Callable[..., Path]) -> None:
    more = """
benchmarks:
  wide-arena:
    name: Arena of many words
    domain: chat
    metric: rate
    unit: percent
    better: lower
    must_agree: [category, snapshot]
    facets:
      category: {values: [overall with every language and length of prompt]}
      snapshot: {values: ["2026-01", "2026-02"]}
results:
"""
    more += "".join(
        f"- {{model: {model}, source: lab-run, table: T, settings: {{category: overall with every language and length of "
        f'prompt, snapshot: "2026-0{month}"}}, scores: {{wide-arena: {score}}}}}\n'
        for model, score in (("aster-2", 20), ("borealis-1", 30))
        for month in (1, 2)
    )
    catalog = with_models(write, more)
    said = texts(catalog.compare("aster-2", "borealis-1", benchmarks=["wide-arena"]).chart().to_svg())
    assert [each for each in said if "snapshot 2026-01" in each]
    assert [each for each in said if "snapshot 2026-02" in each]
    assert all(each.startswith("lower is better") for each in said if "snapshot" in each)


def test_words_for_a_frontier_keep_the_bound_of_a_cost(write: Callable[..., Path]) -> None:
    more = """
models:
  about: {name: About, developer: aster, source: lab-run, active_params: ~3B}
  below: {name: Below, developer: aster, source: lab-run, active_params: '<9B'}
results:
- {model: about, source: lab-run, table: T, scores: {exam: 50}}
- {model: below, source: lab-run, table: T, scores: {exam: 60}}
"""
    said = with_models(write, more).frontier("exam", models=["about", "below"]).chart().alt
    assert "About (50 at ~3B) and Below (60 at <9B)" in said
