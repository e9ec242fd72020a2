from __future__ import annotations

from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest

import stackcompare as sc
from stackcompare.analysis import weights_of
from tests.sample import ASTER

Write = Callable[..., Path]


def extended(write: Write, text: str) -> sc.Catalog:
    return sc.load(write(ASTER), extend=[write(text, "more.yaml")])


def test_each_model_has_one_score_the_best_first(aster: sc.Catalog) -> None:
    found = aster.ranking("exam")
    assert [(each.model, each.score.text) for each in found] == [("borealis-1", "86.70"), ("aster-2", "83.70")]
    assert found.basis.kind == "one table"


def test_lower_is_better_turns_the_order(write: Write) -> None:
    catalog = extended(
        write,
        "results: [{model: aster-2, source: lab-run, scores: {perplexity: 2.1}}, {model: borealis-1, source: lab-run, scores: {perplexity: 1.9}}]",
    )
    assert [each.model for each in catalog.ranking("perplexity")] == ["borealis-1", "aster-2"]


def test_noise_widens_a_score_within_what_the_benchmark_allows(write: Write) -> None:
    catalog = extended(write, "results: [{model: cygnus, source: lab-run, scores: {exam: 100}}]")
    first = catalog.ranking("exam")[0]
    assert first.noisy is not None
    assert 99 < first.noisy.low < 100
    assert first.noisy.high == 100
    assert first.span == first.noisy


def test_a_bound_reaches_as_far_as_the_benchmark_allows(write: Write) -> None:
    catalog = extended(write, "results: [{model: cygnus, source: lab-run, scores: {exam: '>90', elo: '>1200'}}]")
    bound = next(each for each in catalog.ranking("exam") if each.model == "cygnus")
    assert (bound.stated, bound.score.interval.high, bound.span.high) == (90.0, inf, 100.0)
    (open_,) = catalog.ranking("elo")
    assert open_.noisy is None
    assert (open_.span.low, open_.span.high) == (1200.0, inf)


def test_the_setting_with_most_models_is_taken_and_the_others_are_named(write: Write) -> None:
    catalog = extended(
        write,
        """
results:
- {model: cygnus, source: lab-run, settings: {tools: some, subset: hard}, scores: {quiz: 90}}
""",
    )
    found = catalog.ranking("quiz")
    assert found.facets == {"tools": "none", "subset": "hard"}
    assert [(dict(group.facets), group.models) for group in found.others] == [({"tools": "some", "subset": "hard"}, 1)]
    assert any("other settings" in remark for remark in found.remarks)


def test_settings_choose_another_group(write: Write) -> None:
    catalog = extended(
        write, "results: [{model: cygnus, source: lab-run, settings: {tools: some, subset: hard}, scores: {quiz: 90}}]"
    )
    assert [each.model for each in catalog.ranking("quiz-hard", tools="some")] == ["cygnus"]
    assert [each.model for each in catalog.ranking("quiz", subset="HARD", tools="none")] == ["borealis-1", "aster-2"]


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"tool": "none"}, "did you mean 'tools'"),
        ({"reasoning": "low"}, "its scores are split by 'tools' or 'subset'"),
        ({"tools": "python"}, "nobody was measured on 'quiz' with tools=python; there is 'tools=none, subset=hard'"),
        ({"prefer": ["me"]}, "no evidence 'me'"),
        ({"slack": -1}, "slack"),
        ({"confidence": 1}, "confidence"),
        ({"models": []}, "name at least a model"),
    ],
)
def test_what_cannot_be_asked_is_refused(aster: sc.Catalog, choices: dict[str, object], said: str) -> None:
    with pytest.raises(sc.SelectionError, match=said):
        aster.ranking("quiz", **choices)


def test_base_checkpoints_stand_apart(write: Write) -> None:
    catalog = extended(
        write,
        """
models: {aster-2-base: {name: Aster 2 Base, developer: aster, base: true}}
results: [{model: aster-2-base, source: lab-run, scores: {exam: 99}}, {model: aster-2-base, source: lab-run, scores: {perplexity: 1}}]
""",
    )
    assert [each.model for each in catalog.ranking("exam")] == ["borealis-1", "aster-2"]
    assert catalog.ranking("exam").apart == 1
    assert [each.model for each in catalog.ranking("exam", base=True)] == ["aster-2-base"]
    only = catalog.ranking("perplexity")
    assert (only.base, [each.model for each in only]) == (True, ["aster-2-base"])


def test_named_models_may_ask_for_a_configuration(write: Write) -> None:
    catalog = extended(
        write,
        "results: [{model: cygnus, source: lab-run, scores: {exam: [{score: 60, reasoning: low}, {score: 70, reasoning: high}]}}]",
    )
    found = catalog.ranking("exam", models=["cygnus[reasoning=low]", "cygnus[reasoning=high]"])
    assert [(each.model, each.score.text) for each in found] == [
        ("cygnus[reasoning=high]", "70"),
        ("cygnus[reasoning=low]", "60"),
    ]
    (chosen,) = catalog.ranking("exam", models="cygnus")
    assert chosen.note == "the strongest of 2 configurations is taken (reasoning=high)"


def test_a_benchmark_without_scores_gives_an_empty_ranking(aster: sc.Catalog) -> None:
    found = aster.ranking("elo")
    assert (len(found), found.remarks, found.to_frame().empty) == (0, (), True)
    assert "no model has a score" in found.to_text()


def test_pooling_is_said(write: Write) -> None:
    catalog = extended(write, "results: [{model: cygnus, source: lab-run, table: T, scores: {exam: 80}}]")
    found = catalog.ranking("exam")
    assert found.basis.kind == "pooled"
    assert (
        found.remarks[0]
        == "pooled from 2 documents: settings may differ where they say nothing, so this is an overview, not a verdict"
    )
    assert found.remarks[0][1:] in found.to_text(200)


def test_the_order_of_names_does_not_matter(aster: sc.Catalog) -> None:
    names = ["aster-2", "borealis-1"]
    assert aster.ranking("exam", models=names).rows() == aster.ranking("exam", models=names[::-1]).rows()


@pytest.mark.parametrize(
    ("said", "access"),
    [
        ("license: {value: terms, source: lab-run}", "closed"),
        ("license: {value: free, source: lab-run}", "open"),
        ("precisions: {value: [BF16], source: lab-run}", "open"),
        ("availability: {value: [Aster API], source: lab-run}", "closed"),
        ("availability: {value: [Aster API, a download], source: lab-run}", None),
        ("total_params: {value: 9B, source: lab-run}", None),
    ],
)
def test_weights_follow_from_what_the_data_say_and_from_nothing_else(
    write: Write, said: str, access: str | None
) -> None:
    catalog = extended(
        write,
        f"""
licenses:
  free: {{name: Free, source: lab-run, facets: {{redistribution: allowed}}}}
  terms: {{name: Terms, source: lab-run, facets: {{weights-access: 'none'}}}}
models: {{probe: {{name: Probe, developer: aster, {said}}}}}
""",
    )
    assert weights_of(catalog, "probe").access == access
    assert weights_of(catalog, "probe").because


def test_bundled_rankings_answer_for_every_benchmark(bundled: sc.Catalog) -> None:
    for key in list(bundled.benchmarks)[::25]:
        found = bundled.ranking(key)
        stated = [each.stated for each in found]
        assert stated == sorted(stated, reverse=found.benchmark.better == "higher")
        assert len({each.model for each in found}) == len(found)


BOUNDED = """
models:
  at-least: {name: At least, developer: aster, source: lab-run, released: 2025-01, active_params: 5B}
  at-most: {name: At most, developer: aster, source: lab-run, released: 2025-02, active_params: 5B}
  number: {name: Number, developer: aster, source: lab-run, released: 2025-03, active_params: 5B}
  unbounded: {name: Unbounded, developer: aster, source: lab-run, released: 2025-04, active_params: '>4B'}
results:
- {model: at-least, source: lab-run, table: T, scores: {exam: '>50', perplexity: '>5'}}
- {model: at-most, source: lab-run, table: T, scores: {exam: '<90', perplexity: '<9'}}
- {model: number, source: lab-run, table: T, scores: {exam: 60, perplexity: 8}}
- {model: unbounded, source: lab-run, table: T, scores: {exam: 60, perplexity: 8}}
"""


@pytest.mark.parametrize(("benchmark", "last"), [("exam", "at-most"), ("perplexity", "at-least")])
def test_what_is_only_so_good_at_most_is_neither_first_nor_best_nor_on_the_line(
    write: Write, benchmark: str, last: str
) -> None:
    catalog, models = extended(write, BOUNDED), ["at-least", "at-most", "number"]
    ranked = catalog.ranking(benchmark, models=models)
    assert [each.model for each in ranked][-1] == last
    assert [each.model for each in ranked if not each.assured] == [last]
    bests = [each.model for each in catalog.timeline(benchmark, models=models) if each.best]
    assert bests == (["at-least", "number"] if benchmark == "exam" else ["at-most", "number"])
    assert [each.model for each in catalog.frontier(benchmark, models=models).line] == ["number"]


def test_what_is_only_so_dear_at_least_is_not_on_the_line(write: Write) -> None:
    found = extended(write, BOUNDED).frontier("exam", models=["number", "unbounded"])
    assert [(each.model, each.efficient, each.status) for each in found] == [
        ("unbounded", False, "maybe dominated"), ("number", True, "maybe dominated")
    ]  # fmt: skip
