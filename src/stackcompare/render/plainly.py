"""Objects as plain values: mappings, lists, texts and finite numbers, with every value behind a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from stackcompare.records import SECTIONS
from stackcompare.render.describe import chosen
from stackcompare.render.table import Table
from stackcompare.render.views import RecordView
from stackcompare.render.words import finite, plain

if TYPE_CHECKING:
    from stackcompare.analysis import (
        Comparison,
        CostRatios,
        Coverage,
        Curation,
        Disclosures,
        FeatureMatrix,
        Frontier,
        Grid,
        Matchups,
        Offering,
        Ranked,
        Ranking,
        Report,
        Score,
        Serving,
        Timeline,
        Verdict,
        Verdicts,
    )
    from stackcompare.catalog import Catalog, Citations, Conflicts, Records, Results
    from stackcompare.records import Interval, Result
    from stackcompare.render.charts import Chart
    from stackcompare.shown import Entry


_MAKERS: Final = {
    "Table": "plainly:_table",
    "RecordView": "plainly:_record",
    "Comparison": "plainly:_comparison",
    "Verdicts": "plainly:_verdicts",
    "CostRatios": "plainly:_cost_ratios",
    "Coverage": "plainly:_coverage",
    "Curation": "plainly:_curation",
    "Disclosures": "plainly:_disclosures",
    "Grid": "plainly:_grid",
    "Matchups": "plainly:_matchups",
    "Ranking": "plainly:_ranking",
    "Frontier": "plainly:_frontier",
    "Timeline": "plainly:_timeline",
    "Chart": "plainly:_chart",
    "Offering": "plainly:_offering",
    "FeatureMatrix": "plainly:_features",
    "Report": "plainly:_report",
    "Serving": "plainly:_serving",
    "Conflicts": "plainly:_conflicts",
    "Citations": "plainly:_citations",
    "Records": "plainly:_records",
    "Results": "plainly:_results",
    "Catalog": "plainly:_catalog",
    "Entry": "plainly:_entry",
}
"""Who makes plain values of what, as `render.describe` has it."""


def values_of(shown: Any) -> Any:
    """Return the values behind an object, as JSON has them; raise `TypeError` for what has none."""
    return chosen(shown, _MAKERS)(shown)


def _table(shown: Table) -> Any:
    return plain(asdict(shown))


def _entry(shown: Entry) -> list[Any]:
    return [plain(line) for line in shown.lines()]


def _comparison(shown: Comparison) -> dict[str, Any]:
    return {
        "models": list(shown.labels),
        "baseline": shown.baseline.label,
        "verdicts": _verdicts(shown.winners()),
        "cost_ratios": _comparison_costs(shown),
    }


def _comparison_costs(shown: Comparison) -> dict[str, Any]:
    return {measure: _cost_ratios(shown.cost_ratios(measure)) for measure in ("active_params", "total_params")}


def _verdicts(shown: Verdicts) -> list[dict[str, Any]]:
    benchmarks = shown.comparison.catalog.benchmarks
    return [_verdict(verdict, benchmarks[verdict.benchmark].unit) for verdict in shown]


def _verdict(verdict: Verdict, unit: str) -> dict[str, Any]:
    margin = verdict.margin
    return {
        "benchmark": verdict.benchmark,
        "facets": plain(verdict.facets),
        "outcome": verdict.outcome,
        "leaders": list(verdict.leaders),
        "runner_up": verdict.runner_up,
        "margin": None if margin is None else {"low": finite(margin.low), "high": finite(margin.high)},
        "noise": finite(verdict.noise),
        "unit": unit,
        "basis": verdict.basis.kind,
        "basis_sources": list(verdict.basis.sources),
        "leader_depends_on_source": verdict.leader_depends_on_source,
        "by_source": [
            {
                "source": each.source,
                "evidence": list(each.evidence),
                "models": list(each.models),
                "outcome": each.outcome,
                "leaders": list(each.leaders),
            }
            for each in verdict.by_source
        ],
        "caveats": list(verdict.caveats),
        "scores": [_score(score) for score in verdict.scores],
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "model": score.model,
        "score": score.text,
        "low": finite(score.interval.low),
        "high": finite(score.interval.high),
        "source": score.result.source,
        "table": score.result.table,
        "locator": score.result.locator,
        "evidence": score.evidence,
        "settings": plain(score.result.settings.items()),
    }


def _cost_ratios(shown: CostRatios) -> list[dict[str, Any]]:
    return [
        {
            "model": held.model,
            "baseline": held.baseline,
            "measure": held.measure,
            "ratio": finite(held.ratio),
            "low": finite(held.low),
            "high": finite(held.high),
            "reason": held.reason,
            "sources": list(held.sources),
            "proxy": shown.measure.proxy,
        }
        for held in shown
    ]


def _coverage(shown: Coverage) -> dict[str, Any]:
    return {
        "models": list(shown.labels),
        "counts": {a: {b: shown.counts[a, b] for b in shown.labels} for a in shown.labels},
    }


def _curation(shown: Curation) -> dict[str, Any]:
    return {
        "evidence": dict(shown.evidence),
        "primary_share": round(shown.primary_share, 4),
        "developers": [share._asdict() for share in shown.developers],
        "gaps": [gap._asdict() for gap in shown.gaps],
    }


def _grid(shown: Grid) -> dict[str, dict[str, int]]:
    catalog = shown.catalog
    return {model: {key: shown.count(model, key) for key in catalog.benchmarks_of(model)} for model in shown.models}


def _ranking(shown: Ranking) -> dict[str, Any]:
    return {
        "benchmark": shown.key,
        "facets": plain(shown.facets),
        "unit": shown.benchmark.unit,
        "better": shown.benchmark.better,
        "base": shown.base,
        "basis": shown.basis.kind,
        "basis_sources": list(shown.basis.sources),
        "settings": plain(shown.settings),
        "remarks": list(shown.remarks),
        "other_settings": [{"facets": plain(group.facets), "models": group.models} for group in shown.others],
        "models": [_ranked(each) for each in shown],
    }


def _ranked(each: Ranked) -> dict[str, Any]:
    return {
        **_score(each.score),
        "with_noise": None if each.noisy is None else _ends(each.noisy),
        "released": plain(each.released),
        "weights": each.weights.access,
        "weights_because": each.weights.because,
        "note": each.note,
    }


def _ends(interval: Interval) -> dict[str, float | None]:
    return {"low": finite(interval.low), "high": finite(interval.high)}


def _frontier(shown: Frontier) -> dict[str, Any]:
    return {
        "measure": shown.measure.field,
        "title": shown.measure.title,
        "proxy": shown.measure.proxy,
        "ranking": {**_ranking(shown.ranking), "models": len(shown.ranking)},
        "models": [
            {
                **_ranked(each.ranked),
                "cost": {
                    "value": finite(each.cost.value),
                    **_ends(each.cost.interval),
                    "claims": [{"about": about, **plain(claim)} for about, claim in each.cost.claims],
                },
                "status": each.status,
                "surely_dominated_by": list(each.surely),
                "maybe_dominated_by": list(each.maybe),
                "efficient_as_stated": each.efficient,
            }
            for each in shown
        ],
        "left_out": [{"model": label, "reason": reason} for label, reason in shown.left_out],
    }


def _timeline(shown: Timeline) -> dict[str, Any]:
    return {
        "ranking": {**_ranking(shown.ranking), "models": len(shown.ranking)},
        "releases": [
            {
                **_ranked(each.ranked),
                "weights": each.weights,
                "best": each.best,
                "ahead_of": each.ahead_of,
                "beyond_noise": each.beyond_noise,
            }
            for each in shown
        ],
        "left_out": list(shown.left_out),
    }


def _chart(shown: Chart) -> dict[str, Any]:
    return {"title": shown.title, "alt": shown.alt, "table": plain(asdict(shown.table))}


def _offering(shown: Offering) -> dict[str, Any]:
    return {
        "competitors": list(shown.competitors),
        "features": _features(shown.features()),
        "judgements": [
            {"competitor": key, "kind": kind, **plain(judgement)} for key, kind, judgement in shown.judgements()
        ],
    }


def _features(shown: FeatureMatrix) -> list[dict[str, Any]]:
    return [
        {
            "feature": key,
            "name": shown.catalog.features[key].name,
            "group": shown.catalog.features[key].group,
            "competitors": {each: plain(shown.cell(key, each)) for each in shown.offering.competitors},
        }
        for key in shown.catalog.features
    ]


def _serving(shown: Serving) -> dict[str, Any]:
    return {
        "model": shown.model,
        "stacks": list(shown.stacks),
        "disagreements": list(shown.disagreements()),
        "guides": {key: plain(shown.guide(key)) for key in shown.guides},
    }


def _matchups(shown: Matchups) -> list[dict[str, Any]]:
    return [
        {
            "model": matchup.subject,
            "rival": matchup.rival,
            "shared": matchup.shared._asdict(),
            "settings": matchup.tally.settings,
            **matchup.tally._asdict(),
        }
        for matchup in shown
    ]


def _disclosures(shown: Disclosures) -> list[dict[str, Any]]:
    benchmarks = shown.catalog.benchmarks
    return [
        {
            "source": held.source,
            **{
                place: [_verdict(verdict, benchmarks[verdict.benchmark].unit) for verdict in verdicts]
                for place, verdicts in (("ahead", held.ahead), ("behind", held.behind))
            },
        }
        for held in shown
    ]


def _report(shown: Report) -> dict[str, Any]:
    costs = shown.comparison
    return {
        "subject": [side._asdict() for side in shown.subject],
        "rivals": [side._asdict() for side in shown.rivals],
        "as_of": None if shown.catalog.as_of is None else str(shown.catalog.as_of),
        "models": {key: plain(shown.catalog.models[key]) for key in shown.line_up},
        "matchups": _matchups(shown.matchups),
        "verdicts": [
            {"model": duel.subject, "rival": duel.rival, "verdicts": _verdicts(duel.verdicts)} for duel in shown.duels
        ],
        "cost_ratios": None if costs is None else _comparison_costs(costs),
        "price_ratios": [plain(ratio._asdict()) for ratio in shown.price_ratios],
        "own_documents": _disclosures(shown.disclosures),
        "offering": None if shown.offering is None else _offering(shown.offering),
        "serving": [_serving(held) for held in shown.servings],
        "licenses": {
            key: {"models": models, **plain(shown.catalog.licenses[key])} for key, models in shown.licenses.items()
        },
        "prices": {key: plain(price) for key, price in shown.prices.items()},
        "briefs": [plain(brief) for brief in shown.briefs],
        "conflicts": _conflicts(shown.conflicts),
    }


def _conflicts(shown: Conflicts) -> list[dict[str, Any]]:
    return [
        {
            "subject": conflict.subject,
            "kind": conflict.kind,
            "field": conflict.field,
            "benchmark": conflict.benchmark,
            "facets": plain(conflict.facets),
            "claims": [
                {
                    "value": claim.value,
                    "source": claim.source,
                    "locator": claim.locator,
                    "evidence": claim.evidence,
                    "settings": plain(claim.settings),
                    "note": claim.note,
                }
                for claim in conflict.claims
            ],
            "explained_by": conflict.explained_by,
            "note": conflict.note,
        }
        for conflict in shown
    ]


def _citations(shown: Citations) -> list[dict[str, Any]]:
    return [plain(line) for held in shown for line in held.lines()]


def _records(shown: Records[Any]) -> dict[str, Any]:
    return {key: plain(shown[key]) for key in shown}


def _record(shown: RecordView) -> dict[str, Any]:
    return {
        "kind": shown.section,
        "id": shown.key,
        "origin": str(shown.catalog.origin(shown.key, shown.section)),
        "record": plain(shown.record),
    }


def _results(shown: Results) -> list[dict[str, Any]]:
    return [_result(shown, result) for result in shown]


def _result(shown: Results, result: Result) -> dict[str, Any]:
    held = plain(result)
    return {**held, "settings": plain(result.settings.items()), "evidence": shown.catalog.evidence(result)}


def _catalog(shown: Catalog) -> dict[str, Any]:
    return {
        "records": {name: len(shown.section(name)) for name in SECTIONS},
        "results": len(shown.results),
        "sources": {key: held._asdict() for key, held in shown.contributions.items()},
    }
