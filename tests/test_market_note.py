"""The note beside its sources: what each alone would decide, and where they differ."""

from __future__ import annotations

import pytest

import stackcompare as sc

SUPER, QWEN, OSS = "nemotron-3-super-120b-a12b", "qwen3.5-122b-a10b", "gpt-oss-120b"
NOTE, CARD = "nemotron-note-2026-03", "nemotron-3-super-card-bf16"


def verdict(catalog: sc.Catalog, benchmark: str, sources: list[str] | None = None, **facets: str) -> sc.Verdict:
    found = [
        each
        for each in catalog.compare(SUPER, QWEN, OSS, benchmarks=[benchmark]).winners(sources=sources)
        if all(each.facets.get(name) == value for name, value in facets.items())
    ]
    assert len(found) == 1, [(each.facets, each.outcome) for each in found]
    return found[0]


@pytest.mark.parametrize(
    ("benchmark", "facets", "leader", "outcome"),
    [
        ("mmlu-pro", {}, QWEN, "lead"),
        ("aime-2025", {"tools": "none"}, OSS, "lead"),
        ("gpqa", {"tools": "none"}, QWEN, "lead"),
        ("livecodebench", {}, OSS, "lead"),
        ("hle", {"tools": "none"}, SUPER, "uncontested"),
        ("ruler", {"context_length": "1M"}, SUPER, "win"),
    ],
)
def test_the_note_alone(bundled: sc.Catalog, benchmark: str, facets: dict[str, str], leader: str, outcome: str) -> None:
    found = verdict(bundled, benchmark, [NOTE], **facets)
    assert (found.outcome, found.leaders) == (outcome, (leader,))


def test_the_note_alone_decides_these_six_and_no_more(bundled: sc.Catalog) -> None:
    found = bundled.compare(SUPER, QWEN, OSS).winners(sources=[NOTE])
    assert sorted(each.benchmark for each in found) == [
        "aime-2025",
        "gpqa",
        "hle",
        "livecodebench",
        "mmlu-pro",
        "ruler",
    ]


@pytest.mark.parametrize(
    ("benchmark", "facets", "scores", "leader", "outcome"),
    [
        ("hle", {"tools": "none"}, ["25.30", "18.26", "14.90"], QWEN, "win"),
        ("ruler", {"context_length": "1M"}, ["91.75", "91.33", "22.30"], SUPER, "lead"),
        ("aime-2025", {"tools": "none"}, ["92.50", "90.36", "90.21"], OSS, "lead"),
        ("mmlu-pro", {}, ["86.70", "83.73", "81.00"], QWEN, "win"),
        ("gpqa", {"tools": "none"}, ["86.60", "80.10", "79.23"], QWEN, "lead"),
    ],
)
def test_with_the_card_beside_it(
    bundled: sc.Catalog, benchmark: str, facets: dict[str, str], scores: list[str], leader: str, outcome: str
) -> None:
    found = verdict(bundled, benchmark, [NOTE, CARD], **facets)
    assert (found.outcome, found.leaders, [score.text for score in found.scores]) == (outcome, (leader,), scores)
    assert found.basis == ("one table", (CARD,))
    if outcome == "lead":
        assert found.margin is not None
        assert found.noise is not None
        assert found.margin.low < found.noise


def test_the_ruler_headline_is_a_conflict_with_both_sides(bundled: sc.Catalog) -> None:
    found = [c for c in bundled.conflicts(QWEN) if c.benchmark == "ruler" and c.facets.get("context_length") == "1M"]
    claims = {(claim.source, claim.value) for conflict in found for claim in conflict.claims}
    assert {(NOTE, "~77.5"), (CARD, "91.33")} <= claims
    assert found[0].kind == "note against primary"


@pytest.mark.parametrize(
    ("benchmark", "facet"), [("livecodebench", "version"), ("ruler", "context_length"), ("swe-bench", "harness")]
)
def test_what_differs_is_never_mixed(bundled: sc.Catalog, benchmark: str, facet: str) -> None:
    for each in bundled.compare(SUPER, QWEN, OSS, benchmarks=[benchmark]).winners():
        said = {score.result.settings.get(facet) for score in each.scores} - {None}
        assert len(said) <= 1


def test_active_parameters_are_a_range_over_sources(bundled: sc.Catalog) -> None:
    ratio = bundled.compare(SUPER, OSS, baseline=OSS).cost_ratios()[0]
    assert ratio.low is not None
    assert ratio.high is not None
    assert 2.3 < ratio.low < 2.36
    assert 2.48 < ratio.high < 2.5
    nano = bundled.compare("nemotron-3-nano-30b-a3b", SUPER, baseline=SUPER).cost_ratios()[0]
    assert nano.low == pytest.approx(3.2 / 12.7)
    assert nano.high == pytest.approx(3.6 / 12)
    assert len(nano.sources) >= 3


@pytest.mark.parametrize(
    ("model", "values"),
    [(SUPER, {"12B", "12.1B", "12.7B"}), ("nemotron-3-nano-30b-a3b", {"3.2B", "3.5B", "3.6B"})],
)
def test_who_says_how_many_parameters_are_active(bundled: sc.Catalog, model: str, values: set[str]) -> None:
    assert values <= {citation.value for citation in bundled.cite(model, "active_params")}
