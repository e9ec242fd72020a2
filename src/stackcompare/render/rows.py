"""Objects as plain rows, one a score, a claim or a record: what CSV holds, the columns of `to_frame()` first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from stackcompare.records import SECTIONS, Quantity
from stackcompare.records.result import unit_factor
from stackcompare.records.settings import FIELDS as SETTINGS
from stackcompare.render.describe import chosen
from stackcompare.render.table import Table
from stackcompare.render.views import RecordView, lines_of

if TYPE_CHECKING:
    from stackcompare.analysis import Comparison, CostRatios, Coverage, FeatureMatrix, Offering, Serving, Verdicts
    from stackcompare.catalog import Catalog, Citations, Conflicts, Records, Results

Rows = tuple[list[str], list[list[Any]]]
"""Names of the columns, and the rows."""


@cache
def _makers() -> dict[type, Callable[[Any], Rows]]:
    from stackcompare import analysis, catalog

    return {
        Table: _table,
        RecordView: _record,
        analysis.Comparison: _comparison,
        analysis.Verdicts: _verdicts,
        analysis.CostRatios: _cost_ratios,
        analysis.Coverage: _coverage,
        analysis.Offering: _offering,
        analysis.FeatureMatrix: _features,
        analysis.Serving: _serving,
        catalog.Conflicts: _conflicts,
        catalog.Citations: _citations,
        catalog.Records: _records,
        catalog.Results: _results,
        catalog.Catalog: _catalog,
    }


def rows_of(shown: Any) -> Rows:
    """Return the columns and rows of an object; raise `TypeError` for what has none."""
    return chosen(shown, _makers())


def pairs(settings: Mapping[str, str]) -> str:
    """Return settings as `name=value` texts."""
    return ", ".join(f"{name}={value}" for name, value in settings.items())


def _joined(texts: Any) -> str | None:
    return ", ".join(texts) or None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _comparison(shown: Comparison) -> Rows:
    return _verdicts(shown.winners())


def _verdicts(shown: Verdicts) -> Rows:
    columns = [
        "benchmark", "facets", "outcome", "leaders", "margin_low", "margin_high", "noise", "basis", "model", "leads",
        "score", "low", "high", "evidence", "source", "table", "locator", "settings", "unit", "caveats",
    ]  # fmt: skip
    benchmarks = shown.comparison.catalog.benchmarks
    rows = []
    for v in shown:
        ends = (v.margin.low, v.margin.high) if v.margin else (None, None)
        verdict = [v.benchmark, pairs(v.facets), v.outcome, _joined(v.leaders), *ends, v.noise, v.basis.kind]
        after = [benchmarks[v.benchmark].unit, "; ".join(v.caveats) or None]
        if not v.scores:
            rows.append([*verdict, *[None] * 10, *after])
        for s in v.scores:
            r = s.result
            rows.append([
                *verdict, s.model, s.model in v.leaders, s.text, s.interval.low, s.interval.high, s.evidence, r.source,
                r.table, r.locator, pairs(r.settings.items()), *after,
            ])  # fmt: skip
    return columns, rows


def _cost_ratios(shown: CostRatios) -> Rows:
    columns = ["model", "baseline", "measure", "ratio", "low", "high", "reason", "sources", "proxy"]
    return columns, [[*ratio[:7], _joined(ratio.sources), shown.measure.proxy] for ratio in shown]


def _coverage(shown: Coverage) -> Rows:
    return ["model", *shown.labels], [
        [one, *(shown.counts[one, other] for other in shown.labels)] for one in shown.labels
    ]


def _offering(shown: Offering) -> Rows:
    columns = ["competitor", "kind", "versus", "statement", "source", "locator"]
    return columns, [[key, kind, j.versus, j.statement, j.source, j.locator] for key, kind, j in shown.judgements()]


def _features(shown: FeatureMatrix) -> Rows:
    columns = ["feature", "group", "competitor", "value", "source", "locator", "date", "derived", "note"]
    rows = [
        [
            key, feature.group, competitor, claim.value, claim.source, claim.locator, _text(claim.date), claim.derived,
            claim.note,
        ]
        for key, feature in shown.catalog.features.items()
        for competitor in shown.offering.competitors
        if (claim := shown.cell(key, competitor)) is not None
    ]  # fmt: skip
    return columns, rows


def _serving(shown: Serving) -> Rows:
    columns = [
        "stack", "guide", "version", "hardware", "precision", "purpose", "setting", "value", "level", "argument",
        "when", "reason", "source", "locator", "date",
    ]  # fmt: skip
    rows = []
    for stack, key, s in shown.advice():
        guide = shown.guide(key)
        rows.append([
            stack, key, _text(guide.version), _text(guide.hardware), guide.precision, guide.purpose, s.name, s.value,
            s.level, s.argument, s.when, s.reason, s.source, s.locator, _text(s.date),
        ])  # fmt: skip
    return columns, rows


def _conflicts(shown: Conflicts) -> Rows:
    columns = [
        "conflict", "subject", "kind", "field", "benchmark", "facets", "value", "source", "locator", "evidence",
        "explained_by", "settings", "note",
    ]  # fmt: skip
    rows = [
        [
            number, conflict.subject, conflict.kind, conflict.field, conflict.benchmark, pairs(conflict.facets) or None,
            claim.value, claim.source, claim.locator, claim.evidence, conflict.explained_by,
            pairs(claim.settings) or None, claim.note,
        ]
        for number, conflict in enumerate(shown, 1)
        for claim in conflict.claims
    ]  # fmt: skip
    return columns, rows


def _citations(shown: Citations) -> Rows:
    from stackcompare.catalog import Citation

    return list(Citation._fields), [list(held) for held in shown]


def _record(shown: RecordView) -> Rows:
    columns = [
        "id",
        "field",
        "value",
        "low",
        "high",
        "source",
        "locator",
        "date",
        "note",
        "confidence",
        "derived",
        "chosen",
    ]
    rows = []
    for line in lines_of(shown.record):
        claim = line.claim
        low, high = _ends(claim.value if claim else None)
        more = (claim.locator, _text(claim.date), claim.note, claim.confidence, claim.derived) if claim else [None] * 5
        rows.append([shown.key, line.field, line.text, low, high, line.source, *more, line.chosen])
    return columns, rows


def _ends(value: Any) -> tuple[float | None, float | None]:
    if not isinstance(value, Quantity):
        return None, None
    interval = value.interval()
    return interval.low, interval.high


def _records(shown: Records[Any]) -> Rows:
    """Return one row a record: a fact has its chosen value, its ends where it is a number, its source and place."""
    held = [dict(_flat(key, shown[key])) for key in shown]
    given = {name for row in held for name, value in row.items() if value is not None}
    columns = ["id", *(name for field in SECTIONS[shown.section].model_fields for name in _names(field, given))]
    return columns, [[row.get(name) for name in columns] for row in held]


def _names(field: str, given: set[str]) -> Iterator[str]:
    inner = sorted(
        {
            name.removesuffix(end)
            for name in given
            if name.startswith(f"{field}.")
            for end in _ENDS
            if name.endswith(end)
        }
    )
    for name in [field, *inner]:
        yield from (name + end for end in _ENDS if name + end in given)


_ENDS = ("", "_low", "_high", "_source", "_locator")


def _flat(key: str, record: Any) -> Iterator[tuple[str, Any]]:
    yield "id", key
    for line in lines_of(record):
        if line.chosen:
            yield line.field, line.text
            if line.claim is not None:
                low, high = _ends(line.claim.value)
                yield from ((f"{line.field}_low", low), (f"{line.field}_high", high))
                yield from ((f"{line.field}_source", line.source), (f"{line.field}_locator", line.claim.locator))


def _results(shown: Results) -> Rows:
    catalog = shown.catalog
    said = {name for result in shown for name in result.settings.items()}
    settings = [*(name for name in SETTINGS if name in said), *sorted(said - set(SETTINGS))]
    columns = [
        "model", "benchmark", *settings, "score", "low", "high", "unit", "standard_error", "evidence", "measured_by",
        "source", "publisher", "published", "table", "locator", "date", "note", "confidence", "derived", "inferred",
    ]  # fmt: skip
    rows = []
    for result in shown:
        benchmark, source, own = (
            catalog.benchmarks[result.benchmark],
            catalog.sources[result.source],
            result.settings.items(),
        )
        factor = unit_factor(result, benchmark)
        interval = result.score.interval().scaled(factor)
        error = None if result.standard_error is None else result.standard_error.value * factor
        rows.append([
            result.model, result.benchmark, *(own.get(name) for name in settings), str(result.score), interval.low,
            interval.high, benchmark.unit, error, catalog.evidence(result), result.measured_by, result.source,
            source.publisher, _text(source.published), result.table, result.locator, _text(result.date), result.note,
            result.confidence, result.derived, "+".join(result.settings.inferred) or None,
        ])  # fmt: skip
    return columns, rows


def _catalog(shown: Catalog) -> Rows:
    columns = ["source", "title", "publisher", "kind", "published", "accessed", "url", "results", "claims"]
    rows = []
    for key, held in shown.contributions.items():
        source = shown.sources[key]
        rows.append([
            key, source.title, source.publisher, source.kind, _text(source.published), _text(source.accessed),
            source.url, held.results, held.claims,
        ])  # fmt: skip
    return columns, rows


def _table(shown: Table) -> Rows:
    """Return the texts of a table, part after part."""
    width = max((len(part.columns) for part in shown.parts), default=0)
    head, *others = [[column.label for column in part.columns] for part in shown.parts] or [[]]
    grids = [
        [["; ".join(piece.text for piece in held) for held in row.cells] for row in part.rows] for part in shown.parts
    ]
    rows: list[list[Any]] = list(grids[0]) if grids else []
    for labels, grid in zip(others, grids[1:], strict=True):
        rows += [labels, *grid]
    return [*head, *[""] * (width - len(head))], [[*row, *[None] * (width - len(row))] for row in rows]
