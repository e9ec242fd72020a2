"""Results in the forms in which others pass them on, and what has no place there.

Only what is known is written. What a form demands and the data do not have is never made up: such results are left out,
and the export says how many and why.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from stackcompare.errors import SelectionError
from stackcompare.records import Result
from stackcompare.records.quantity import SUFFIXES
from stackcompare.records.result import unit_factor
from stackcompare.render.files import write
from stackcompare.render.page import html
from stackcompare.render.table import Column, Part, Row, Table, cell
from stackcompare.render.words import counted, listed
from stackcompare.shown import Entry, pairs

if TYPE_CHECKING:
    import pandas as pd

    from stackcompare.catalog import Catalog, Results


@dataclass(frozen=True)
class LeftOut(Entry):
    """Results that an export does not hold."""

    reason: str
    """Why, and what would bring them in, where something would."""
    results: tuple[Result, ...]
    """The results."""

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield one row a result."""
        for result in self.results:
            yield {
                "reason": self.reason, "model": result.model, "benchmark": result.benchmark,
                "score": str(result.score), "source": result.source, "locator": result.locator,
                "settings": pairs(result.settings.items()),
            }  # fmt: skip

    def __str__(self) -> str:
        """Return how many are left out and why."""
        return f"{counted(len(self.results), 'result')} left out: {self.reason}"


class Export(NamedTuple):
    """Results in a form of others, with what is left out."""

    text: str
    """The file."""
    records: tuple[Any, ...]
    """What the file holds, as plain values: an entry a result, or a log a model and document."""
    left_out: tuple[LeftOut, ...]
    """What it does not hold, by reason."""

    def __repr__(self) -> str:
        """Return how much it holds, in a line."""
        left_out = sum(len(held.results) for held in self.left_out)
        entries = counted(len(self.records), "entry", "entries")
        return f"<Export: {entries}, {counted(left_out, 'result')} left out>"

    def __str__(self) -> str:
        """Return the file."""
        return self.text

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write the file; raise `OutputError` where one exists, unless `force` is said, or where that fails."""
        write(path, self.text, force=force)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an entry of the file; the names of columns lead through it: `metrics`, `source.url`."""
        import pandas as pd

        return pd.json_normalize(list(self.records))

    def _repr_html_(self) -> str:
        rows = [Row((cell("entries of the file"), cell(f"{len(self.records):,}")))]
        rows += [
            Row((cell(f"left out: {held.reason}"), cell(counted(len(held.results), "result"))))
            for held in self.left_out
        ]
        remark = "str() gives the file, save() writes it, to_frame() gives its entries."
        return html(
            Table("An export", (Part((Column("What"), Column("How many", "right")), tuple(rows)),), (), (remark,))
        )


class Printed(float):
    """A number that is written with the digits it was printed with."""

    digits: str
    """How it is written."""

    def __new__(cls, digits: str) -> Printed:
        """Read the digits and keep them."""
        made = super().__new__(cls, digits)
        made.digits = digits
        return made


def printed(catalog: Catalog, result: Result) -> Printed:
    """Return a score in the unit of its benchmark, its digits kept where that is the unit it was printed in."""
    score, factor = result.score, unit_factor(result, catalog.benchmarks[result.benchmark])
    number = score.number * SUFFIXES.get(score.suffix, 1)
    if factor != 1:
        number = (number * Decimal(str(factor))).normalize()
    return Printed(f"{number:f}")


def sifted(
    results: Iterable[Result], refuse: Callable[[Result], str | None]
) -> tuple[list[Result], tuple[LeftOut, ...]]:
    """Return the results that an export can hold, and those for which `refuse` gives a reason.

    A bound is no score anywhere else, so none gets through.
    """
    kept: list[Result] = []
    reasons: dict[str, list[Result]] = {}
    for result in results:
        reason = "only a bound is given" if result.score.is_bound else refuse(result)
        (kept if reason is None else reasons.setdefault(reason, [])).append(result)
    return kept, tuple(LeftOut(reason, tuple(held)) for reason, held in reasons.items())


def of_one_model(results: Results, model: str | None) -> tuple[str, Results]:
    """Return the model that a file is about and its results; raise `SelectionError` where that is none or several."""
    if model is not None:
        key = results.catalog.find("models", model)
        return key, results.where(model=key)
    models = dict.fromkeys(result.model for result in results)
    if not models:
        raise SelectionError("there is no result to write; name a model that has one")
    if len(models) > 1:
        said = f"these results are of {len(models)}: {listed(list(models)[:8])}"
        more = " and others" if len(models) > 8 else ""
        raise SelectionError(f"the file is about one model, and {said}{more}; say which: model=...")
    return next(iter(models)), results
