"""Parameter counts beside what the configurations of the models imply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import stackcompare as sc

SHAPES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "param_counts.yaml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(model, shape, id=f"{model} as {shape['config']}") for shape in SHAPES for model in shape["models"]
]

TOTAL, ACTIVE = 0.01, 0.03
"""How far the nearest claim may be from the count: rounding, and embeddings that stand apart."""

COARSE = {
    "gemma-3-27b-it": (0.016, "27B is the language model; the vision tower adds 0.42B"),
    "kimi-k2-base": (0.026, "documents round 1.026T to 1T"),
    "kimi-k2-instruct": (0.026, "documents round 1.026T to 1T"),
    "kimi-k2-instruct-0905": (0.026, "documents round 1.026T to 1T"),
    "kimi-k2-thinking": (0.026, "documents round 1.026T to 1T"),
    "llama-3.3-nemotron-super-49b-v1.5": (0.018, "documents cut 49.87B to 49B"),
    "nemotron-nano-9b-v2": (0.013, "documents round 8.89B to 9B"),
}
"""Models whose every claim is further from the count than `TOTAL`: how far, and why."""

CONVENTIONS = {"with embeddings": "with both", "without embeddings": "without input embedding"}
"""What a claim says that it counts, and the count that it means."""


def off(claim: sc.Quantity, exact: float) -> float:
    return abs(float(claim.value) / exact - 1)


@pytest.mark.parametrize(("model", "shape"), CASES)
def test_a_total_is_that_of_the_configuration(bundled: sc.Catalog, model: str, shape: dict[str, Any]) -> None:
    fact = bundled.models[model].total_params
    if fact is None:
        pytest.skip("no total is reported")
    distances = [off(claim.value, shape["total"]) for claim in fact.claims]
    limit, _ = COARSE.get(model, (TOTAL, ""))
    assert min(distances) <= limit, f"{[str(claim.value) for claim in fact.claims]}, but {shape['total']:,}"
    assert max(distances) <= 0.06, "some claim counts another model"
    assert model not in COARSE or min(distances) > TOTAL, "no longer an exception"


@pytest.mark.parametrize(("model", "shape"), CASES)
def test_active_parameters_are_those_of_the_configuration(
    bundled: sc.Catalog, model: str, shape: dict[str, Any]
) -> None:
    record = bundled.models[model]
    fact = record.active_params
    if "active" not in shape:
        assert record.dense or fact is None, "every parameter of a dense model is active"
        return
    if fact is None:
        pytest.skip("no active count is reported")
    counts = shape["active"]
    nearest = [min(off(claim.value, exact) for exact in counts.values()) for claim in fact.claims]
    assert min(nearest) <= ACTIVE, f"{[str(claim.value) for claim in fact.claims]}, but {counts}"
    assert max(nearest) <= 0.25, "some claim counts another model"


@pytest.mark.parametrize(("model", "shape"), CASES)
def test_a_claim_that_names_what_it_counts_counts_it(bundled: sc.Catalog, model: str, shape: dict[str, Any]) -> None:
    fact = bundled.models[model].active_params
    for claim in fact.claims if fact else ():
        if "active" in shape and claim.counts in CONVENTIONS:
            exact = shape["active"][CONVENTIONS[claim.counts]]
            assert off(claim.value, exact) <= 0.015, f"{claim.value} {claim.counts}, but {exact:,}"


def test_every_exception_is_a_model_of_a_known_shape() -> None:
    assert set(COARSE) <= {model for shape in SHAPES for model in shape["models"]}
