"""What a vendor's own documents say when they are read whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stackcompare as sc
from tests.sample import ASTER

Write = Callable[..., Path]


def extended(write: Write, *scores: str) -> sc.Catalog:
    """Return the small catalogue with one more document of the vendor: `model: {benchmark: score}` a line."""
    source = "sources: {launch: {title: Launch, publisher: aster, kind: blog, published: 2026-04}}\n"
    results = "results:\n" + "".join(
        f"- {{model: {line.partition(':')[0]}, source: launch, table: T, scores: {line.partition(':')[2]}}}\n"
        for line in scores
    )
    return sc.load(write(ASTER), extend=[write(source + results, "more.yaml")])


def launch(catalog: sc.Catalog, *models: str, **rules: Any) -> Any:
    found = sc.disclosures(catalog, models or ["aster-2"], **rules)
    return next((held for held in found if held.source == "launch"), None)


def test_a_setting_counts_as_ahead_where_any_model_of_the_vendor_leads(write: Write) -> None:
    catalog = extended(write, "aster-2: {exam: 10}", "aster-mini: {exam: 90}", "borealis-1: {exam: 50}")
    held = launch(catalog)
    assert (len(held.ahead), len(held.behind)) == (1, 0)


def test_a_level_score_is_not_left_out_by_the_marketing(write: Write) -> None:
    held = launch(extended(write, "aster-2: {exam: 50}", "borealis-1: {exam: 50}"))
    assert (held.ahead[0].outcome, held.behind) == ("tie", ())


def test_what_nobody_can_decide_is_not_ahead(write: Write) -> None:
    held = launch(extended(write, 'aster-2: {exam: ">40"}', "borealis-1: {exam: 50}"))
    assert [verdict.outcome for verdict in held.behind] == ["undecided"]


def test_only_settings_count_that_score_a_model_asked_for_beside_anothers(write: Write) -> None:
    catalog = extended(
        write, "aster-2: {exam: 60, quiz: 60}", "aster-mini: {perplexity: 3, quiz: 70}",
        "borealis-1: {exam: 50, perplexity: 2}",
    )  # fmt: skip
    assert [verdict.benchmark for verdict in launch(catalog).ahead] == ["exam"]
    assert [verdict.benchmark for verdict in launch(catalog, "aster-mini").behind] == ["perplexity"]


def test_a_setting_of_a_sibling_is_not_the_models_own(write: Write) -> None:
    catalog = extended(
        write, "aster-2: {quiz-hard: {score: 60, tools: none}}", "borealis-1: {quiz: {score: 50, tools: none, subset: all}}",
        "aster-mini: {quiz: {score: 40, tools: none, subset: all}}",
    )  # fmt: skip
    assert launch(catalog) is None
    assert [verdict.facets["subset"] for verdict in launch(catalog, "aster-mini").behind] == ["all"]


def test_lower_is_better_turns_who_is_ahead(write: Write) -> None:
    held = launch(extended(write, "aster-2: {perplexity: 2}", "borealis-1: {perplexity: 3}"))
    assert (len(held.ahead), len(held.behind)) == (1, 0)


def test_documents_of_others_are_not_the_vendors_own(aster: sc.Catalog) -> None:
    assert [held.source for held in sc.disclosures(aster, ["aster-2"])] == ["aster-card"]
    assert len(sc.disclosures(aster, ["borealis-1"])) == 0  # its card scores nobody else


def test_documents_of_every_maker_are_read(write: Write) -> None:
    extra = "results: [{model: aster-2, source: borealis-card, table: Table 1, scores: {exam: 80}}]"
    catalog = sc.load(write(ASTER), extend=[write(extra, "more.yaml")])
    found = sc.disclosures(catalog, ["aster-2", "borealis-1"])
    assert {held.source: (len(held.ahead), len(held.behind)) for held in found} == {
        "aster-card": (0, 2), "borealis-card": (1, 0),
    }  # fmt: skip
    card = next(held for held in found if held.source == "borealis-card")
    assert found.best_own(card, card.ahead[0]).model == "borealis-1"


def test_the_rules_of_a_caller_hold_here_too(write: Write) -> None:
    catalog = extended(write, "aster-2: {exam: ~50}", "borealis-1: {exam: 51}")
    assert [v.outcome for v in launch(catalog, slack=0.5).behind] == ["lead"]
    assert [v.outcome for v in launch(catalog, slack=5).behind] == ["undecided"]
    assert launch(catalog, sources=["aster-card"]) is None
    with pytest.raises(sc.SelectionError, match="slack"):
        launch(catalog, slack=-1)


def test_rows_name_the_best_of_the_own_and_the_best_of_all(write: Write) -> None:
    catalog = extended(write, "aster-2: {exam: 40}", "aster-mini: {exam: 45}", "borealis-1: {exam: 50}")
    rows = sc.disclosures(catalog, ["aster-2"], sources=["launch"]).to_frame().to_dict("records")
    assert [(row["own_model"], row["own_score"], row["best_score"]) for row in rows] == [("aster-mini", "45", "50")]


def test_an_excerpt_is_not_decided_as_a_document_but_named(write: Write) -> None:
    source = 'sources: {launch: {title: "Launch [1]", publisher: aster, kind: blog, excerpt: true}}\n'
    results = "results:\n" + "".join(
        f"- {{model: {model}, source: launch, table: T, scores: {{exam: {score}}}}}\n"
        for model, score in (("aster-2", 10), ("borealis-1", 50))
    )
    catalog = sc.load(write(ASTER), extend=[write(source + results, "more.yaml")])
    found = sc.disclosures(catalog, ["aster-2"])
    assert "launch" not in [held.source for held in found]
    assert found.excerpts == ("launch",)
    assert "Not decided, for only some of the scores are kept here: Launch" in found.to_text(width=200)
