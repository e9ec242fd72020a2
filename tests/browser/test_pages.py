"""What a page does in a real browser: nothing but be read, on a screen, on a phone, by ear, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PAGES, PHONE, REPORTS, Shown, on_paper

Show = Callable[..., Shown]

BROKEN_LINKS = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  const times = new Map();
  ids.forEach((id) => times.set(id, (times.get(id) || 0) + 1));
  const twice = [...times].filter(([id, count]) => count > 1).map(([id]) => `twice: ${id}`);
  const lost = [...document.querySelectorAll('a[href^="#"], use')]
    .map((one) => one.getAttribute('href').slice(1)).filter((id) => times.get(id) !== 1);
  return [...twice, ...lost];
}"""
CHEATING_LINKS = """() => [...document.querySelectorAll('a[href]')]
  .filter((one) => !one.getAttribute('href').startsWith('#'))
  .filter((one) => !/^https?:\\/\\//.test(one.getAttribute('href')) || !one.relList.contains('noopener'))
  .map((one) => one.outerHTML)"""
OVERFLOWING = """() => [...document.querySelectorAll('table, svg, dl, ol, p, h1, h2, h3')]
  .filter((one) => !one.closest('.sc-spoken, svg svg'))
  .filter((one) => one.scrollWidth > Math.ceil(document.body.clientWidth) ||
    one.getBoundingClientRect().right > document.body.getBoundingClientRect().right + 1)
  .map((one) => `${one.tagName} ${one.scrollWidth} ${one.textContent.slice(0, 60)}`)"""
THINNED = """() => {
  for (const table of document.querySelectorAll('table')) [...table.tBodies].slice(2).forEach((one) => one.remove());
  for (const body of document.querySelectorAll('tbody')) [...body.rows].slice(3).forEach((one) => one.remove());
  for (const list of document.querySelectorAll('ol')) [...list.children].slice(6).forEach((one) => one.remove());
}"""
"""Rows and notes are alike: a few of each say as much to axe as all, in a tenth of the time."""
WORDS = "() => document.body.innerText.replace(/\\s+/g, ' ').trim()"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_quiet_asks_for_nothing_and_has_no_broken_link(name: str, viewport: dict[str, int], show: Show) -> None:
    page, said, asked = show(name, viewport=viewport)
    assert page.evaluate(BROKEN_LINKS) == []
    assert page.evaluate(CHEATING_LINKS) == []
    assert page.locator('a[href^="#"]').count() > 5
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]  # never scrolls sideways
    assert said == []
    assert asked == [page.url]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_below_a_megabyte(name: str, written: Callable[[str], Path]) -> None:
    assert written(name).stat().st_size < 1_000_000


@pytest.mark.parametrize("name", ["nvidia", "a table"])
def test_everything_can_be_read_without_script(name: str, show: Show) -> None:
    plain = show(name, java_script_enabled=False)
    assert plain.said == []
    assert plain.page.locator("button, input, [hidden]").count() == 0
    read = " ".join(plain.page.locator("body").inner_text().split())
    rich = show(name).page
    rich.evaluate("document.querySelectorAll('.tools').forEach((one) => one.remove())")
    assert read == rich.evaluate(WORDS)
    assert len(read) > 2_000
    words = plain.page.locator("figcaption").all_text_contents()
    assert all(len(each) > 100 for each in words)
    assert len(words) == plain.page.locator("figure").count()


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_what_scrolls_on_a_phone_is_reached_by_keyboard(scripted: bool, show: Show) -> None:
    page = show("nvidia", viewport=PHONE, java_script_enabled=scripted, bypass_csp=True).page  # to wait in the page
    places = page.locator(".scroll")
    wide = places.evaluate_all("(all) => all.map((one) => one.scrollWidth > one.clientWidth)")
    reached = places.evaluate_all("(all) => all.map((one) => one.tabIndex === 0 && one.ariaLabel !== '')")
    assert sum(wide) > 5
    assert [way for room, way in zip(wide, reached, strict=True) if room] == [True] * sum(wide)
    place = page.locator("#models .scroll")
    place.scroll_into_view_if_needed()
    if scripted:
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert place.get_attribute("tabindex") == "0"
    place.focus()
    page.keyboard.press("ArrowRight")
    if scripted:
        page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_what_has_room_is_no_stop_on_the_way(show: Show) -> None:
    page = show("nvidia").page
    place = page.locator("#models .scroll")
    place.scroll_into_view_if_needed()
    page.locator("#models .scroll.fits").wait_for()
    assert place.get_attribute("tabindex") is None


def test_first_stop_leads_past_the_contents(show: Show) -> None:
    page = show("nvidia").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["nvidia", "two models", "a table"])
def test_axe_finds_nothing_serious(name: str, viewport: dict[str, int], scheme: str, show: Show, axe: str) -> None:
    page = show(name, viewport=viewport, color_scheme=scheme, bypass_csp=True).page
    page.evaluate(THINNED)
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{each['id']}: {each['help']}; {each['nodes'][0]['html'][:200]}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert serious == []


def test_a_link_lands_where_it_leads(show: Show) -> None:
    """Sections far from view are laid out a moment after the page is there: until then, where they are is a guess."""
    page = show("nvidia", bypass_csp=True).page
    there = "(id) => { const at = document.getElementById(id).getBoundingClientRect().top; return at > -1 && at < 300; }"  # an element at the very top may stand a fraction of a pixel above it
    page.locator('nav a[href="#conflicts"]').click()
    page.wait_for_function(there, arg="conflicts-title")
    page.locator("#conflicts td sup a, #conflicts th sup a").first.click()
    page.wait_for_function(there.replace("300", "innerHeight"), arg=page.evaluate("location.hash.slice(1)"))
    page.locator("li:target .back a").first.click()
    page.wait_for_function(there.replace("300", "innerHeight"), arg=page.evaluate("location.hash.slice(1)"))


def test_tables_have_headings_and_names(show: Show) -> None:
    page = show("nvidia").page
    bare = page.evaluate(
        """() => [...document.querySelectorAll('table')].filter((one) => !one.caption.textContent.trim() ||
        [...one.tHead.rows[0].cells].some((cell) => cell.tagName !== 'TH' || cell.scope !== 'col') ||
        [...one.tBodies].some((body) => [...body.rows].some((row) => row.cells[0].tagName !== 'TH'))).length"""
    )
    assert bare == 0


# Sorting and filtering


def column(shown: Shown, section: str, at: int, body: int = 0) -> list[str]:
    cells: list[str] = shown.page.evaluate(
        """([section, at, body]) => [...document.querySelector(`#${section} table`).tBodies[body].rows]
        .filter((row) => row.cells.length > 1 && !row.hidden).map((row) => {
          const copy = row.cells[at].cloneNode(true);
          copy.querySelectorAll('sup').forEach((one) => one.remove());
          return copy.textContent.trim();
        })""",
        [section, at, body],
    )
    return cells


def parameters(text: str) -> float:
    number = re.match(r"[~>≥<≤]*([\d.]+)([BT])", text)
    assert number, text
    return float(number[1]) * {"B": 1, "T": 1000}[number[2]]


def test_heading_sorts_its_column_within_groups(show: Show) -> None:
    shown = show("nvidia")
    before = column(shown, "models", 1)
    button = shown.page.locator("#models thead button").nth(1)
    for direction in ("ascending", "descending"):
        button.click()
        assert shown.page.locator("#models thead th").nth(1).get_attribute("aria-sort") == direction
        after = column(shown, "models", 1)
        known = [parameters(each) for each in after if each != "—"]
        assert known == sorted(known, reverse=direction == "descending")
        assert len(set(known)) > 3
        assert after[len(known) :] == ["—"] * (len(after) - len(known))
        assert sorted(after) == sorted(before)
    button.press("Enter")
    assert shown.page.locator("#models thead th").nth(1).get_attribute("aria-sort") == "ascending"
    shown.page.locator("#models thead button").nth(0).click()
    assert shown.page.locator("#models thead [aria-sort]").count() == 1
    assert shown.said == []


def test_larger_units_sort_as_larger(show: Show) -> None:
    shown = show("nvidia")
    shown.page.locator("#models thead button").nth(1).click()
    groups = [column(shown, "models", 1, body) for body in range(shown.page.locator("#models tbody").count())]
    sizes = [[parameters(text) for text in group if text != "—"] for group in groups]
    assert all(each == sorted(each) for each in sizes)
    assert any(text == "—" for group in groups for text in group)
    assert all("—" not in group[: len(known)] for group, known in zip(groups, sizes, strict=True))  # last
    assert any(each and each[0] < 1000 <= each[-1] for each in sizes)


def test_filter_keeps_the_rows_that_say_it(show: Show) -> None:
    shown = show("nvidia")
    page = shown.page
    names = [name for body in range(page.locator("#models tbody").count()) for name in column(shown, "models", 0, body)]
    wanted = names[0]
    field = page.get_by_label("Filter rows: Models")
    field.fill(wanted.upper())
    kept = page.locator("#models tbody tr:visible th[scope=row]").all_inner_texts()
    assert kept
    assert all(wanted in text for text in page.locator("#models tbody tr:visible:has(td)").all_inner_texts())
    assert page.locator("#models output").inner_text() == f"{len(kept)} of {len(names)}"
    assert page.locator("#models tbody:visible").count() == 1
    field.fill("no row says this")
    assert page.locator("#models tbody tr:visible").count() == 0
    field.fill("")
    assert page.locator("#models tbody tr:visible th[scope=row]").count() == len(names)


def test_filter_by_a_group_keeps_its_rows(show: Show) -> None:
    page = show("nvidia").page
    group = page.locator("#models tbody").nth(1)
    rows = group.locator("tr:has(td)").count()
    page.get_by_label("Filter rows: Models").fill(group.locator(".sc-group").inner_text())
    assert group.locator("tr:visible:has(td)").count() == rows


# Paper


@pytest.mark.parametrize("name", PAGES)
def test_paper_is_light_and_nothing_is_wider_than_it(name: str, show: Show) -> None:
    page = show(name, color_scheme="dark").page
    with on_paper(page):
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate("getComputedStyle(document.querySelector('.stackcompare td')).color") == "rgb(28, 32, 38)"
        assert page.locator(".tools:visible, .up:visible").count() == 0


@pytest.mark.parametrize("name", [*REPORTS[:1], *REPORTS[-2:]])
def test_report_prints_on_a_sane_number_of_pages(name: str, show: Show) -> None:
    page = show(name).page
    printed = page.pdf(prefer_css_page_size=True)
    sizes = {tuple(map(float, size.split())) for size in re.findall(rb"/MediaBox ?\[([^\]]*)\]", printed)}
    assert len(sizes) == 1
    assert next(iter(sizes))[2:] == pytest.approx((595, 842), abs=1)
    pages = len(re.findall(rb"/Type ?/Page\b", printed))
    rows = page.locator("tr, li, dd").count()
    assert max(1, rows / 60) < pages < 4 + rows / 12


def test_headings_of_tables_are_repeated_on_every_page(show: Show) -> None:
    """Chromium tags what it prints: a heading that is repeated is drawn again, so that the file holds more text."""
    page = show("nvidia").page
    page.evaluate(
        """() => document.querySelectorAll('main > section:not(#models), #models .stackcompare > :not(.scroll)')
        .forEach((one) => one.remove())"""
    )

    def drawn() -> int:
        return sum(map(len, texts(page.pdf(prefer_css_page_size=True, tagged=False))))

    repeated = drawn()
    page.add_style_tag(content="@media print { thead { display: table-row-group !important; } }")
    once = drawn()
    assert repeated > once


def texts(printed: bytes) -> list[bytes]:
    """Return the operators of a PDF that draw text, page by page."""
    from zlib import decompress

    streams = [
        decompress(held)
        for held in re.findall(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", printed, re.DOTALL)
    ]
    return [b"".join(re.findall(rb"<[0-9A-F]+> ?Tj", held)) for held in streams if b" Tj" in held]
