"""Disagreements that a reader of the note must be shown, with both sides."""

from __future__ import annotations

import pytest

import stackcompare as sc

NOTE = "nemotron-note-2026-03"


def values(catalog: sc.Catalog, subject: str, what: str) -> set[str]:
    """Return every value claimed in the conflicts about one thing."""
    return {
        claim.value
        for conflict in catalog.conflicts(explained=True)
        if conflict.subject == subject and what in (conflict.field, conflict.benchmark)
        for claim in conflict.claims
    }


@pytest.mark.parametrize(
    ("subject", "what", "expected"),
    [
        ("qwen3.5-122b-a10b", "ruler", {"~77.5", "91.33"}),
        ("nemotron-3-super-120b-a12b", "active_params", {"12B", "12.1B", "12.7B"}),
        ("nemotron-3-nano-30b-a3b", "active_params", {"3.2B", "3.5B", "3.6B"}),
        ("qwen3.5-122b-a10b", "terminal-bench-2.0", {"49.4", "37.50"}),
        ("qwen3.5-122b-a10b", "language_count", {"119", "201"}),
        ("deepseek-v3", "license", {"mit", "deepseek-license-1.0"}),
    ],
)
def test_values_that_cannot_both_hold_stand_side_by_side(
    bundled: sc.Catalog, subject: str, what: str, expected: set[str]
) -> None:
    assert expected <= values(bundled, subject, what)


@pytest.mark.parametrize(
    "finding",
    [
        "hle-no-clear-winner", "aime-lead-within-noise", "mmlu-pro-gpt-oss-not-cited", "gpqa-gpt-oss-not-cited",
        "ruler-1m-gpt-oss-not-cited", "deepseek-v3-license", "kimi-license", "nvidia-open-model-license-attribution",
        "llama-license-user-threshold", "claude-1m-context-beta", "openai-data-residency", "qwen3.5-languages",
        "nemotron-adopters", "nemotron-3-super-speculative-tokens", "nemotron-3-super-minimum-gpus",
    ],
)  # fmt: skip
def test_what_the_note_says_stands_beside_the_documents(bundled: sc.Catalog, finding: str) -> None:
    sources = [claim.source for claim in bundled.findings[finding].claims]
    assert NOTE in sources
    assert set(sources) != {NOTE}


def test_one_model_under_several_harnesses_is_explained_not_in_conflict(bundled: sc.Catalog) -> None:
    explained = [
        conflict for conflict in bundled.conflicts("gpt-oss-120b", explained=True)
        if conflict.benchmark == "swe-bench" and conflict.explained_by == "harness"
    ]  # fmt: skip
    assert {"41.9", "26.0"} <= {claim.value for conflict in explained for claim in conflict.claims}


def test_conflicts_come_in_groups(bundled: sc.Catalog) -> None:
    kinds = [conflict.kind for conflict in bundled.conflicts()]
    assert kinds == sorted(kinds, key=kinds.index)
    assert {"note against primary", "vendor against itself", "vendor against vendor", "evaluators"} <= set(kinds)
