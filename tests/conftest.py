"""A small catalogue of invented models, in the shapes that real data take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import stackcompare as sc

ASTER = """\
organizations:
  aster: {name: Aster}
  borealis: {name: Borealis}
  lab: {name: The Lab}
  scribe: {name: Scribe}
sources:
  aster-card: {title: Aster 2 card, publisher: aster, kind: model_card, url: "https://aster.example/card", published: 2026-03-11}
  aster-report: {title: Aster 2 report, publisher: aster, kind: tech_report, url: "https://aster.example/report", published: 2026-03}
  borealis-card: {title: Borealis card, publisher: borealis, kind: model_card, published: 2026-02}
  lab-run: {title: Lab run, publisher: lab, kind: evaluation, published: 2026-01}
  note: {title: A note, publisher: scribe, kind: analyst_note, published: 2026-03-19}
models:
  aster-2:
    name: Aster 2
    developer: aster
    source: aster-card
    locator: summary
    released: 2026-03-11
    total_params: 120B
    active_params:
    - {value: 12.7B, source: aster-report, locator: section 2.1, counts: with embeddings}
    - {value: 12.1B, source: aster-report, locator: section 2.1, counts: without embeddings}
    - {value: 12B, source: note, locator: table 1}
    aliases: [aster two, org/Aster-2-BF16]
    layers: {total: 88, attention: 8}
  aster-mini:
    name: Aster Mini
    developer: aster
    source: aster-card
    dense: true
    total_params: 9B
  borealis-1:
    name: Borealis 1
    developer: borealis
    source: borealis-card
    active_params: ~5.1B
    total_params: '>100B'
  cygnus: {name: Cygnus, developer: borealis}
benchmarks:
  elo: {name: Arena, domain: chat, metric: Elo rating, unit: Elo}
  exam: {name: Exam, domain: knowledge, metric: accuracy, unit: percent, source: lab-run, items: 1000}
  perplexity: {name: Perplexity, domain: language, metric: perplexity, unit: nats, better: lower}
  quiz:
    name: Quiz
    domain: science
    metric: accuracy
    unit: percent
    source: lab-run
    items_by: {subset: {hard: 198, all: 448}}
    must_agree: [tools, subset]
    facets: {subset: {values: [hard, all]}}
    variants: {quiz-hard: {subset: hard}}
results:
- source: aster-card
  table: Benchmarks
  columns:
  - {model: aster-2, settings: {precision: BF16}}
  - {model: borealis-1, measured_by: unsaid}
  rows:
  - {benchmark: exam, row: EXAM, scores: [83.70, 86.70]}
  - {benchmark: quiz-hard, tools: none, row: QUIZ, scores: [79.20, 86.60]}
- model: borealis-1
  source: borealis-card
  table: Table 1
  scores:
    exam: 87.1
    quiz: {score: 0.8660, unit: fraction, tools: none, subset: hard}
- model: aster-2
  source: note
  table: Claims
  scores:
    exam: ~95
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a function that writes a data file."""

    def write_file(text: str, name: str = "data.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def aster(write: Callable[..., Path]) -> sc.Catalog:
    """Return the small catalogue."""
    return sc.load(write(ASTER))


@pytest.fixture(scope="session")
def bundled() -> sc.Catalog:
    """Return the bundled catalogue."""
    return sc.load()
