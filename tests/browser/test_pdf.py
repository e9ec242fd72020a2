"""Answers printed to PDF by the machine's own browser."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import stackcompare as sc
from stackcompare.render.pdf import browser_program, pdf

pytest.importorskip("playwright", reason="PDF needs the extra pdf")
needs_browser = pytest.mark.skipif(browser_program() is None, reason="no Chromium or Chrome is on the path")


@needs_browser
def test_an_answer_is_printed_and_the_same_twice(aster: sc.Catalog, tmp_path: Path) -> None:
    ranking = aster.ranking("quiz-hard")
    ranking.save(tmp_path / "ranking.pdf")
    printed = (tmp_path / "ranking.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert printed.rstrip().endswith(b"%%EOF")
    assert b"CreationDate" not in printed
    assert ranking.to_pdf() == printed


@needs_browser
def test_a_notebook_with_a_loop_of_its_own_can_print() -> None:
    async def inside() -> bytes:
        return pdf("<!doctype html><title>One</title><p>Two")

    with ThreadPoolExecutor(1) as apart:  # other tests here may keep a loop in this thread
        assert apart.submit(lambda: asyncio.run(inside())).result().startswith(b"%PDF-")


@needs_browser
def test_no_script_runs_on_the_way_to_paper() -> None:
    page = "<!doctype html><title>T</title><p>said"
    hostile = f'{page}<script>document.body.textContent = "changed " + "x".repeat(9999)</script>'
    assert len(pdf(hostile)) == pytest.approx(len(pdf(page)), abs=200)


def test_a_machine_without_a_browser_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(sc.OutputError, match=r"no browser starts .* install Chromium or Chrome, or run `playwright"):
        pdf("<p>")
