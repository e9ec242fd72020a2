"""Pages on paper: the HTML of an answer printed to PDF by a Chromium that is on the machine, driven by Playwright."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from stackcompare.errors import MissingExtraError, OutputError

_PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
_PATIENCE: Final = 300_000
"""Milliseconds in which the browser must start and lay out the page."""
_DATES: Final = re.compile(rb"/(?:Creation|Mod)Date \(D:[^)]*\)")


def pdf(page: str) -> bytes:
    """Return an HTML page as PDF: A4 unless the page says otherwise, tagged, with an outline of its headings.

    Nothing is fetched and no script runs. The same page and browser give the same bytes: the time of printing is left
    out. Raises `MissingExtraError` without Playwright, `OutputError` where no browser can be started.
    """
    try:
        import playwright.sync_api  # noqa: F401 - loaded for `_print`, which runs elsewhere
    except ImportError as error:
        raise MissingExtraError("writing PDF", package="playwright", extra="pdf") from error
    with ThreadPoolExecutor(1) as alone:  # a notebook has an event loop of its own, which Playwright will not share
        printed = alone.submit(_print, page).result()
    return _DATES.sub(lambda date: b" " * len(date[0]), printed)


def browser_program() -> str | None:
    """Return the path of the first Chromium on the machine's path; `None` where only Playwright's own can be there."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def _print(page: str) -> bytes:
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=browser_program(), timeout=_PATIENCE)
        except Error as error:
            raise OutputError(
                f"cannot print a PDF: no browser starts ({_first_line(error.message)}); install Chromium or Chrome, "
                "or run `playwright install chromium`"
            ) from error
        try:
            sheet = browser.new_context(java_script_enabled=False, offline=True).new_page()
            sheet.set_content(page, timeout=_PATIENCE)
            return sheet.pdf(format="A4", prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
        except Error as error:
            raise OutputError(
                f"cannot print a PDF: the browser fails ({_first_line(error.message)}); write .html and print that"
            ) from error


def _first_line(message: str) -> str:
    return (message.splitlines() or ["it does not say why"])[0][:160]
