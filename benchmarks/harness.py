"""What the benchmarks share: fresh processes in turn, medians, ratios against a floor, and invented catalogues.

Milliseconds are of one machine on one day; the ratios within one run carry over. Every case runs in a process of its
own, one after another, round after round, so that a busy moment falls on all alike; the first round is not counted.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"

PYTHON = "pass"
PYDANTIC = "from pydantic import BaseModel"
FIRST_MODEL = "from pydantic import BaseModel\nclass First(BaseModel):\n    name: str\n"


class Case(NamedTuple):
    """What one process runs: Python code, or a module with arguments."""

    code: str
    arguments: Sequence[str] = ()
    package: Path = SOURCE
    """Folder from which `stackcompare` is imported."""


class Measured(NamedTuple):
    """Medians over the rounds."""

    wall: float
    """Milliseconds from start to end of the process."""
    peak: float
    """Most memory held, in MiB."""
    stages: Mapping[str, float]
    """What the process itself printed as JSON on its last line."""


def measure(cases: Mapping[str, Case], runs: int) -> dict[str, Measured]:
    """Run every case in turn, `runs` times and once before; raise `RuntimeError` where one fails."""
    held: dict[str, list[Measured]] = {name: [] for name in cases}
    for turn in range(runs + 1):
        for name, case in cases.items():
            one = run(name, case)
            if turn:
                held[name].append(one)
    return {name: _median(rounds) for name, rounds in held.items()}


def run(name: str, case: Case) -> Measured:
    """Run one case once, in a process of its own; raise `RuntimeError` with its errors where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(case.package), "NO_COLOR": "1", "COLUMNS": "120"}
    command = [sys.executable, "-c", case.code, *case.arguments]
    # Files, not pipes: nothing to drain while the clock runs.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=errors, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = (time.perf_counter() - start) * 1000
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            raise RuntimeError(f"{name} ended with {process.returncode}:\n{errors.read().decode()}")
        lines = output.read().decode().splitlines()
    stages = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(wall, usage.ru_maxrss * unit / 2**20, stages)


def _median(rounds: Sequence[Measured]) -> Measured:
    stages = {name: statistics.median(one.stages[name] for one in rounds) for name in rounds[0].stages}
    return Measured(
        statistics.median(one.wall for one in rounds), statistics.median(one.peak for one in rounds), stages
    )


# Telling


def arguments(description: str | None, runs: int = 9) -> argparse.ArgumentParser:
    """Return a parser that knows `--runs`."""
    parser = argparse.ArgumentParser(description=(description or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=runs, help=f"rounds to take the median of (default {runs})")
    return parser


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: the first column to the left, numbers to the right."""
    cells = [list(map(_cell, row)) for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join([first.strip().ljust(widths[0]), *rest]).rstrip())
    print()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"
    return str(value)


def verdict(what: str, value: float, goal: float, unit: str = "times") -> None:
    """Print whether a figure is within its goal."""
    print(f"{'within goal' if value <= goal else 'BEYOND GOAL'}: {what} {value:.2f}, goal {goal:g} {unit}")


# Invented catalogues

_MAKERS, _BENCHMARKS = 40, 150
_CODECS = ("BF16", "FP8", "NVFP4")


def write_catalogue(folder: Path, results: int) -> None:
    """Write a catalogue of so many results in block form, shaped as the bundled data are.

    A model for every 20 results, a document for every 32; makers and benchmarks stay as many. Facts are cited one by
    one, blocks are one column of a table, settings are said once a block and now and then for a score.
    """
    rng = random.Random(7)
    models, sources = results // 20, results // 32
    (folder / "results").mkdir(parents=True)

    def write(name: str, lines: Iterator[str]) -> None:
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def organizations() -> Iterator[str]:
        yield "organizations:"
        for n in range(_MAKERS):
            yield f"  maker-{n:02}: {{name: Maker {n:02}}}"

    def documents() -> Iterator[str]:
        yield "sources:"
        for n in range(sources):
            yield f"  report-{n:05}:"
            yield f"    title: Report {n:05} on what was measured"
            yield f"    publisher: maker-{n % _MAKERS:02}"
            yield f"    kind: {('model_card', 'tech_report', 'evaluation')[n % 3]}"
            yield f"    url: https://maker-{n % _MAKERS:02}.example/reports/{n:05}"
            yield f"    published: 2026-{n % 12 + 1:02}-11"

    def records() -> Iterator[str]:
        yield "models:"
        for n in range(models):
            total = 8 + n % 400
            yield f"  model-{n:05}-{total}b:"
            yield f"    name: Model {n:05} {total}B"
            yield f"    developer: maker-{n % _MAKERS:02}"
            yield f"    family: Family {n % 60:02}"
            yield f"    source: report-{n % sources:05}"
            yield "    locator: summary"
            yield f"    released: 2026-{n % 12 + 1:02}-11"
            yield f"    total_params: {total}B"
            yield "    active_params:"
            yield f"    - {{value: {total / 8:.1f}B, locator: section 2.1, counts: with embeddings}}"
            yield f"    - {{value: ~{total // 8}B, source: report-{(n + 1) % sources:05}, note: rounded there}}"
            yield "    context_native: 256Ki"
            yield "    context_max: 1M"
            yield "    inputs: {value: [text, image], locator: table 1}"
            yield f"    aliases: [Maker-{n % _MAKERS:02}/Model-{n:05}-{total}B-BF16, m{n:05}]"

    def tests() -> Iterator[str]:
        yield "benchmarks:"
        for n in range(_BENCHMARKS):
            yield f"  test-{n:03}:"
            yield f"    name: Test {n:03}"
            yield "    domain: knowledge"
            yield "    metric: accuracy"
            yield "    unit: percent"
            yield "    source: report-00000"
            yield f"    items: {30 + 37 * n}"
            yield "    must_agree: [tools, version]"
            yield f"    aliases: [T-{n:03}]"

    def block(n: int) -> Iterator[str]:
        total = 8 + n % 400
        yield f"- model: model-{n:05}-{total}b"
        yield f"  source: report-{n % sources:05}"
        yield f"  table: table {n // sources + 1}"
        yield f"  settings: {{tools: none, reasoning: high, precision: {_CODECS[n % 3]}}}"
        yield "  scores:"
        for test in sorted(rng.sample(range(_BENCHMARKS), 20)):
            score = f"{rng.uniform(20, 98):.2f}"
            kind = rng.random()
            if kind < 0.02:
                score = f"~{score}"
            elif kind < 0.03:
                score = f"'>{score}'"
            elif kind < 0.08:
                score = f"{{score: {score}, metric: avg@64, repeats: 64, locator: 'table 3, row {test}'}}"
            yield f"    test-{test:03}: {score}"

    write("organizations.yaml", organizations())
    write("sources.yaml", documents())
    write("models.yaml", records())
    write("benchmarks.yaml", tests())
    for start in range(0, models, 50):
        write(
            f"results/part-{start:05}.yaml",
            (
                line
                for part in (["results:"], *(block(n) for n in range(start, min(models, start + 50))))
                for line in part
            ),
        )


@contextmanager
def installed(*results: int | None) -> Iterator[list[Path]]:
    """Yield a folder for each catalogue, in which `stackcompare` lies as pip installs its wheel.

    The data and their snapshot are inside, and the modules compiled. A number stands for an invented catalogue of so
    many results, `None` for the bundled data of this checkout.
    """
    with tempfile.TemporaryDirectory(prefix="stackcompare-benchmark-") as temporary:
        homes = []
        for place, count in enumerate(results):
            home = Path(temporary) / f"{place}"
            package = home / "stackcompare"
            ignored = shutil.ignore_patterns("__pycache__", "snapshot.jsonl", "data")
            shutil.copytree(SOURCE / "stackcompare", package, ignore=ignored)
            if count is None:
                shutil.copytree(ROOT / "data", package / "data")
            else:
                write_catalogue(package / "data", count)
            compileall.compile_dir(package, quiet=1)
            run(f"compiling the snapshot of {count or 'the bundled data'}", Case(_COMPILE, package=home))
            homes.append(home)
        yield homes


_COMPILE = """
from stackcompare.loading.files import bundled_fingerprint
from stackcompare.loading import bundled_store
from stackcompare.loading.snapshot import compiled, snapshot_path
held = bundled_fingerprint()
snapshot_path().write_bytes(compiled(bundled_store(snapshot=False), held))
"""
