"""Pages in a real browser: Chromium from the path, driven by Playwright, with axe-core for what a reader may need.

What is missing skips the tests that need it and says what to install. Playwright brings no browser here: the one that
is used is the system's own. `STACKCOMPARE_AXE` names the file `axe.min.js` of npm's package axe-core.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import stackcompare as sc
from stackcompare.render.pdf import browser_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

PAGES: dict[str, Callable[[sc.Catalog], str]] = {
    "nvidia": lambda catalog: sc.report(catalog, "nvidia").to_page(),
    "openai": lambda catalog: sc.report(catalog, "openai").to_page(),
    "alibaba": lambda catalog: sc.report(catalog, "alibaba").to_page(),
    "two models": lambda catalog: sc.report(catalog, "gpt-oss-120b", versus=["qwen3.5-122b-a10b"]).to_page(),
    "one model": lambda catalog: sc.report(catalog, "gpt-oss-120b", versus=[]).to_page(),
    "a table": lambda catalog: catalog.compare("gpt-oss-120b", "qwen3.5-122b-a10b").to_page(),
}
REPORTS = [name for name in PAGES if name != "a table"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    if find_spec("playwright") is None:
        pytest.skip('Playwright is not installed: pip install "stackcompare[pdf]"')
    program = browser_program()
    if program is None:
        pytest.skip("no browser on the path: install Chromium or Chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the script of axe-core."""
    named = os.environ.get("STACKCOMPARE_AXE", "")
    if not Path(named).is_file():
        pytest.skip("axe-core is not at hand: npm install axe-core, then STACKCOMPARE_AXE=.../axe-core/axe.min.js")
    return Path(named).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def written(bundled: sc.Catalog, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that writes a page to a file, once."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name: str) -> Path:
        path = folder / f"{name.replace(' ', '-')}.html"
        if not path.exists():
            path.write_text(PAGES[name](bundled), encoding="utf-8")
        return path

    return write


class Shown(NamedTuple):
    """A page in the browser, and what it did that a page should not do."""

    page: Page
    said: list[str]
    """What was written to the console, and errors of scripts."""
    asked: list[str]
    """Addresses that were asked for."""


@pytest.fixture
def show(browser: Browser, written: Callable[[str], Path]) -> Iterator[Callable[..., Shown]]:
    """Return a function that opens a page; its options are those of a browser's context."""
    contexts = []

    def opened(name: str, **options: Any) -> Shown:
        context = browser.new_context(**{"viewport": DESKTOP, "color_scheme": "light", **options})
        contexts.append(context)
        page = context.new_page()
        shown = Shown(page, [], [])
        page.on("console", lambda message: shown.said.append(message.text))
        page.on("pageerror", lambda error: shown.said.append(str(error)))
        page.on("request", lambda request: shown.asked.append(request.url))
        page.goto(written(name).as_uri())
        if options.get("java_script_enabled", True) and page.locator("#contents").count():
            page.wait_for_selector("html.ready")  # laid out as a whole: a moment after the first view
        return shown

    yield opened
    for context in contexts:
        context.close()


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """Lay a page out as for A4 within the margins that it asks for: 210 mm less 2 x 12 mm, 96 dots an inch."""
    before = page.viewport_size
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int((210 - 24) / 25.4 * 96), "height": 1000})
    yield
    page.emulate_media(media="screen")
    if before:
        page.set_viewport_size(before)
