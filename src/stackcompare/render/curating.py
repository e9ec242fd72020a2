"""How a curator's view of a catalogue is described: its state, what to look at, who measured what."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from stackcompare.render.table import Column, Part, Row, Table, cell
from stackcompare.render.words import counted

if TYPE_CHECKING:
    from stackcompare.analysis import Curation, Grid

MOST_OF_A_KIND: Final = 15
"""Gaps of one kind that a table for people shows; CSV and JSON hold all."""
MOST_MODELS: Final = 40
MOST_BENCHMARKS: Final = 10


def curation(shown: Curation) -> Table:
    """Describe the state of a catalogue: evidence, coverage by developer, and what to look at."""
    total = sum(shown.evidence.values())
    evidence = tuple(
        Row((cell(kind.replace("_", " ")), cell(f"{count:,}"), cell(f"{count / total:.1%}" if total else None)))
        for kind, count in shown.evidence.items()
    )
    developers = tuple(
        Row((cell(s.developer), cell(f"{s.models:,}"), cell(f"{s.measured:,}"), cell(f"{s.results:,}")))
        for s in shown.developers
    )
    gaps: list[Row] = []
    for kind, held in groupby(shown.gaps, key=lambda gap: gap.kind):
        several = list(held)
        title = f"{kind} ({len(several):,})"
        gaps += [Row((cell(gap.subject), cell(gap.detail)), title) for gap in several[:MOST_OF_A_KIND]]
        if len(several) > MOST_OF_A_KIND:
            gaps.append(Row((cell("..."), cell(f"{len(several) - MOST_OF_A_KIND:,} more")), title))
    parts = (
        Part(
            (Column("Evidence"), Column("Results", "right"), Column("Share", "right")),
            evidence, "Who stands behind the results",
        ),
        Part(
            (Column("Developer"), Column("Models", "right"), Column("Measured", "right"), Column("Results", "right")),
            developers, "Coverage by developer",
        ),
        Part((Column("Where"), Column("What")), tuple(gaps), "To look at", "nothing"),
    )  # fmt: skip
    remark = f"{shown.primary_share:.1%} of {counted(total, 'result')} come from who measured, not from who quotes."
    return Table("The catalogue as its curator sees it", parts, (), (remark,))


def grid(shown: Grid) -> Table:
    """Describe how many results each model has on each benchmark: the best measured of both."""
    benchmarks = shown.benchmarks[:MOST_BENCHMARKS]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    columns = (
        Column("Model"),
        *(Column(key, "right", letter) for key, letter in zip(benchmarks, letters, strict=False)),
    )
    rows = tuple(
        Row((cell(model), *(cell(str(count)) if (count := shown.count(model, key)) else () for key in benchmarks)))
        for model in shown.models[:MOST_MODELS]
    )
    remarks = []
    left = len(shown.models) - len(rows), len(shown.benchmarks) - len(benchmarks)
    if any(count > 0 for count in left):
        remarks.append(f"{left[0]:,} models and {left[1]:,} benchmarks more are left out here; CSV and JSON hold all.")
    return Table("Results by model and benchmark", (Part(columns, rows, empty="no results"),), (), tuple(remarks))
