"""Results as others pass them on, as the readers of those forms read them back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import stackcompare as sc
from stackcompare.errors import OutputError, SelectionError, UnknownError
from stackcompare.render.exchange import Export, Printed
from tests.render.test_hostile import hostile  # noqa: F401 - a fixture
from tests.sample import ASTER as ASTER_YAML

pytest.importorskip("huggingface_hub", reason="what the hub takes is read back with its own reader: extra dev")
from huggingface_hub import EvalResultEntry, ModelCard, eval_result_entries_to_yaml, parse_eval_result_entries

ASTER, BIRCH = "aster-2-120b-a12b", "birch-large-122b-a10b"
DATASETS = {
    "deep-science": ("org/deep-science", "default"),
    "long-recall": ("org/long-recall", "1m"),
    "match-rating": ("org/match", "all"),
}


def reasons(export: Export) -> dict[str, int]:
    return {left_out.reason.partition(";")[0]: len(left_out.results) for left_out in export.left_out}


# The hub's `.eval_results/`


def test_eval_results_are_read_back_by_the_hub_library(catalog: sc.Catalog) -> None:
    export = catalog.results.to_eval_results(ASTER, datasets=DATASETS)
    entries = parse_eval_result_entries(yaml.safe_load(export.text))
    assert entries[0] == EvalResultEntry(
        dataset_id="org/deep-science", task_id="default", value=79.23,
        source_url="https://aster.example/reports/aster-2.pdf", source_name="Aster 2 technical report",
        notes="no tools; published by Aster Labs (first party)",
    )  # fmt: skip
    assert [(entry.dataset_id, entry.value) for entry in entries] == [
        ("org/deep-science", 79.23), ("org/deep-science", 90.1), ("org/long-recall", 91.75), ("org/long-recall", 77.5),
        ("org/match", 1402),
    ]  # fmt: skip
    assert eval_result_entries_to_yaml(entries) == yaml.safe_load(export.text)


def test_bounds_and_results_without_a_data_set_are_left_out_and_counted(catalog: sc.Catalog) -> None:
    export = catalog.results.to_eval_results(ASTER, datasets=DATASETS)
    assert reasons(export) == {"only a bound is given": 1, "no data set of the hub is named for the benchmark": 4}
    assert [str(result.score) for result in export.left_out[0].results] == [">70"]
    assert str(export.left_out[0]) == "1 result left out: only a bound is given"
    everything = len(catalog.results.where(model=ASTER))
    assert len(export.records) + sum(len(left_out.results) for left_out in export.left_out) == everything


def test_without_data_sets_nothing_is_guessed(catalog: sc.Catalog) -> None:
    export = catalog.results.to_eval_results(ASTER)
    assert yaml.safe_load(export.text) == []
    assert sum(reasons(export).values()) == len(catalog.results.where(model=ASTER))


def test_about_is_said_and_a_document_without_address_is_named(catalog: sc.Catalog) -> None:
    export = catalog.results.to_eval_results(ASTER, datasets=DATASETS)
    about = next(entry for entry in export.records if entry["value"] == 77.5)
    assert "source" not in about
    assert about["notes"] == (
        "1M tokens context; about, printed as ~77.5; published by Open Judges (secondary); in: A note on the market"
    )


def test_digits_are_kept_and_fractions_put_in_the_unit_of_the_benchmark(aster: sc.Catalog) -> None:
    export = aster.results.to_eval_results(
        "borealis-1", datasets={"exam": ("o/exam", "t"), "quiz-hard": ("o/quiz", "t")}
    )
    values = [line.strip() for line in export.text.splitlines() if "value" in line]
    assert sorted(values) == ["value: 86.6", "value: 86.60", "value: 86.70", "value: 87.1"]
    assert {type(value) for value in (entry["value"] for entry in yaml.safe_load(export.text))} == {float}
    assert json.dumps(Printed("86.70")) == "86.7"


def test_a_variant_has_a_data_set_of_its_own(aster: sc.Catalog) -> None:
    datasets = {"quiz": ("o/quiz", "all"), "quiz-hard": ("o/quiz", "hard")}
    export = aster.results.to_eval_results("aster-2", datasets=datasets)
    assert [entry["dataset"]["task_id"] for entry in export.records] == ["hard"]
    only = aster.results.to_eval_results("aster-2", datasets={"quiz": ("o/quiz", "all")})
    assert [entry["dataset"]["task_id"] for entry in only.records] == ["all"]


def test_only_a_whole_day_is_a_date(aster: sc.Catalog) -> None:
    result = aster.results.where(model="aster-2", benchmark="exam")[0]
    dated = [result.model_copy(update={"date": sc.PartialDate(day)}) for day in ("2026-03-11", "2026-03")]
    export = sc.Results(aster, dated).to_eval_results(datasets={"exam": ("o/exam", "t")})
    assert [entry.get("date") for entry in yaml.safe_load(export.text)] == ["2026-03-11", None]
    assert parse_eval_result_entries(yaml.safe_load(export.text))[0].date == "2026-03-11"


@pytest.mark.parametrize(
    ("datasets", "error", "said"),
    [
        ({"deep-scince": ("o/a", "t")}, UnknownError, "no benchmark 'deep-scince'; did you mean 'deep-science'?"),
        (5, SelectionError, "datasets is a mapping"),
        ({"deep-science": "org/a"}, SelectionError, "is a pair, such as"),
        ({"deep-science": ("org/a", "")}, SelectionError, "is a pair, such as"),
        ({"deep-science": ("org/a", "t", "x")}, SelectionError, "is a pair, such as"),
    ],
)
def test_data_sets_are_checked(catalog: sc.Catalog, datasets: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said.replace("?", r"\?")):
        catalog.results.to_eval_results(ASTER, datasets=datasets)


@pytest.mark.parametrize("method", ["to_eval_results", "to_model_index"])
def test_a_file_is_about_one_model(catalog: sc.Catalog, method: str) -> None:
    with pytest.raises(
        SelectionError,
        match=f"about one model, and these results are of 4: {ASTER}, {BIRCH}, .* and dahlia-closed; say which",
    ):
        getattr(catalog.results, method)()
    with pytest.raises(SelectionError, match="there is no result to write; name a model that has one"):
        getattr(sc.Results(catalog, []), method)()
    with pytest.raises(UnknownError, match="nobody"):
        getattr(catalog.results, method)("nobody")
    assert getattr(catalog.results.where(model=ASTER), method)(datasets=DATASETS) == getattr(catalog.results, method)(
        "Aster 2 120B", datasets=DATASETS
    )


# The hub's `model-index`


def test_a_model_index_is_read_back_from_a_card(catalog: sc.Catalog) -> None:
    export = catalog.results.to_model_index(ASTER, datasets=DATASETS)
    card = ModelCard(f"---\n{export.text}---\n# Aster\n").data
    assert card.model_name == "Aster 2 120B-A12B"
    assert len(card.eval_results) == len(export.records) == 5
    first = card.eval_results[0]
    assert (first.task_type, first.dataset_type, first.dataset_name) == (
        "text-generation",
        "org/deep-science",
        "Deep Science",
    )
    assert (first.metric_type, first.metric_value) == ("accuracy", 79.23)
    assert first.metric_name == "accuracy (no tools; published by Aster Labs (first party))"
    assert (first.source_name, first.source_url) == (
        "Aster 2 technical report",
        "https://aster.example/reports/aster-2.pdf",
    )
    assert first.verified is None
    assert {result.source_url for result in card.eval_results[1:2]} == {"https://judges.example/2026"}


def test_a_model_index_of_nothing_names_the_model(catalog: sc.Catalog) -> None:
    export = catalog.results.to_model_index("dahlia-closed")
    assert yaml.safe_load(export.text) == {"model-index": [{"name": "Dahlia", "results": []}]}


# Every Eval Ever

TEXT, NUMBER = {"type": "string"}, {"type": "number"}
DETAILS = {"type": "object", "additionalProperties": TEXT}
LIMIT = {"anyOf": [NUMBER, {"enum": ["Infinity", "-Infinity"]}]}


def record(required: str, optional: str = "", **typed: Any) -> dict[str, Any]:
    names = [*required.split(), *optional.split()]
    return {
        "type": "object", "required": required.split(), "additionalProperties": False,
        "properties": {name: typed.get(name, TEXT) for name in names},
    }  # fmt: skip


SCHEMA = record(
    "schema_version evaluation_id retrieved_timestamp source_metadata model_info eval_library evaluation_results",
    schema_version={"const": "0.3.0"},
    retrieved_timestamp={"type": "string", "pattern": "^[0-9]+$"},
    source_metadata=record(
        "source_type source_organization_name evaluator_relationship", "source_name source_organization_url additional_details",
        source_type={"enum": ["documentation", "evaluation_run"]},
        evaluator_relationship={"enum": ["first_party", "third_party", "collaborative", "other"]},
        additional_details=DETAILS,
    ),
    eval_library=record("name version"),
    model_info=record(
        "name id additional_details", "developer",
        additional_details={
            **DETAILS, "required": ["deployment_type", "model_availability"],
            "properties": {
                "deployment_type": {"enum": ["self_deployed", "externally_managed", "unknown"]},
                "model_availability": {"enum": ["open_weights", "closed_weights", "unknown"]},
            },
        },
    ),
    evaluation_results={"type": "array", "minItems": 1, "items": record(
        "evaluation_name source_data metric_config score_details", "evaluation_timestamp generation_config",
        source_data={"oneOf": [
            record("dataset_name source_type url", source_type={"const": "url"}, url={"type": "array", "minItems": 1, "items": TEXT}),
            record("dataset_name source_type", source_type={"const": "other"}),
        ]},
        metric_config={
            **record(
                "lower_is_better", "metric_name metric_unit score_type min_score max_score additional_details",
                lower_is_better={"type": "boolean"}, score_type={"const": "continuous"}, min_score=LIMIT, max_score=LIMIT,
                additional_details=DETAILS,
            ),
            "dependentRequired": {"score_type": ["min_score", "max_score"], "min_score": ["score_type"]},
        },
        score_details=record(
            "score", "details uncertainty", score=NUMBER, details=DETAILS,
            uncertainty=record(
                "", "standard_error confidence_interval", standard_error=record("value", value=NUMBER),
                confidence_interval=record("lower upper", "confidence_level", lower=NUMBER, upper=NUMBER, confidence_level=NUMBER),
            ),
        ),
        generation_config=record(
            "", "generation_args additional_details", additional_details=DETAILS,
            generation_args=record("agentic_eval_config", agentic_eval_config=record(
                "available_tools", available_tools={"type": "array", "items": record("name")},
            )),
        ),
    )},
)  # fmt: skip
"""The part of the schema that is written here, in our own words and closed: a field that the schema of
github.com/evaleval/every_eval_ever (0.3.0, commit 9bce4136e789ec006c62582f5f9d107d20f8b398) lacks would fail."""

VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
READ = date(2026, 4, 1)


def logs(export: Export) -> list[dict[str, Any]]:
    held = json.loads(export.text, parse_constant=pytest.fail)
    for log in held:
        VALIDATOR.validate(log)
    assert held == list(export.records)
    found: list[dict[str, Any]] = held
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    with pytest.raises(jsonschema.ValidationError, match="'schema_version' is a required property"):
        VALIDATOR.validate({})


def test_logs_follow_the_schema(catalog: sc.Catalog, aster: sc.Catalog) -> None:
    assert len(logs(catalog.results.to_every_eval_ever(retrieved=READ))) > 5
    assert len(logs(aster.results.to_every_eval_ever(retrieved=READ))) > 3


def test_every_bundled_result_but_bounds_has_its_place_in_a_log(bundled: sc.Catalog) -> None:
    some = sc.Results(
        bundled, [*bundled.results[::17], *(r for r in bundled.results if r.score.is_bound or r.interval)]
    )
    export = some.to_every_eval_ever(retrieved=READ)
    held = logs(export)
    assert reasons(export) == {"only a bound is given": sum(result.score.is_bound for result in some)}
    assert sum(len(log["evaluation_results"]) for log in held) == len(some) - len(export.left_out[0].results)
    assert len({log["evaluation_id"] for log in held}) == len(held)
    for log in held:
        for result in log["evaluation_results"]:
            low, high = (
                float(result["metric_config"].get(end, inf))
                for end, inf in (("min_score", "-inf"), ("max_score", "inf"))
            )
            assert low <= result["score_details"]["score"] <= high


def log_of(catalog: sc.Catalog, **conditions: str) -> dict[str, Any]:
    (log,) = logs(catalog.results.where(**conditions).to_every_eval_ever(retrieved=READ))
    return log


def test_who_measured_is_said_as_the_schema_says_it(catalog: sc.Catalog, aster: sc.Catalog) -> None:
    def relation(catalog: sc.Catalog, model: str, source: str) -> tuple[str, str]:
        metadata = log_of(catalog, model=model, source=source)["source_metadata"]
        return metadata["evaluator_relationship"], metadata["additional_details"]["evidence"]

    assert relation(catalog, ASTER, "aster-report") == ("first_party", "first_party")
    assert relation(catalog, BIRCH, "aster-report") == ("third_party", "rival")
    assert relation(catalog, ASTER, "judges-2026") == ("third_party", "independent")
    assert relation(catalog, ASTER, "market-note") == ("other", "secondary")  # a quotation of whom?
    assert relation(aster, "borealis-1", "aster-card") == ("other", "rival")  # measured or repeated: unsaid


def test_a_score_keeps_what_was_printed_and_its_uncertainty(aster: sc.Catalog) -> None:
    result = aster.results.where(model="borealis-1", benchmark="quiz", source="borealis-card")[0]
    told = result.model_copy(
        update={"interval": (sc.Quantity("0.85"), sc.Quantity("0.88")), "standard_error": sc.Quantity("0.007")}
    )
    (log,) = logs(sc.Results(aster, [told]).to_every_eval_ever(retrieved=READ))
    (held,) = log["evaluation_results"]
    assert held["score_details"] == {
        "score": 86.6,
        "details": {"as_printed": "0.8660", "printed_unit": "fraction", "table": "Table 1", "locator": "Table 1"},
        "uncertainty": {
            "standard_error": {"value": 0.7}, "confidence_interval": {"lower": 85.0, "upper": 88.0, "confidence_level": 0.95},
        },
    }  # fmt: skip
    assert held["metric_config"]["metric_unit"] == "percent"
    assert (held["metric_config"]["min_score"], held["metric_config"]["max_score"]) == (0.0, 100.0)
    assert held["generation_config"] == {
        "generation_args": {"agentic_eval_config": {"available_tools": []}},
        "additional_details": {"subset": "hard", "tools": "none"},
    }


def test_limits_nobody_states_are_left_out(catalog: sc.Catalog) -> None:
    log = log_of(catalog, model=ASTER, benchmark="match-rating", source="aster-report")
    assert "score_type" not in log["evaluation_results"][0]["metric_config"]


def test_a_model_has_its_repository_or_our_id(aster: sc.Catalog, catalog: sc.Catalog) -> None:
    (known, *_) = logs(aster.results.where(model="aster-2").to_every_eval_ever(retrieved=READ))
    assert known["model_info"]["id"] == "org/Aster-2-BF16"
    ours = log_of(catalog, model=ASTER, source="aster-report")["model_info"]
    assert (ours["id"], ours["developer"]) == (f"aster/{ASTER}", "Aster Labs")
    assert ours["additional_details"] == {
        "deployment_type": "unknown", "model_availability": "open_weights", "stackcompare_id": ASTER,
        "total_params": "120.6B", "active_params": "12.7B",
    }  # fmt: skip


def test_the_day_a_document_was_read_is_never_made_up(catalog: sc.Catalog) -> None:
    export = catalog.results.to_every_eval_ever()
    held = logs(export)
    assert {log["source_metadata"]["additional_details"]["source_id"] for log in held} == {"judges-2026"}
    assert {log["retrieved_timestamp"] for log in held} == {"1775088000"}  # 2026-04-02, as its source says
    assert "its document does not say when it was read" in reasons(export)
    assert sum(len(log["evaluation_results"]) for log in held) + sum(reasons(export).values()) == len(catalog.results)


def test_a_month_is_no_day_of_reading(write: Callable[..., Path]) -> None:
    some = sc.load(write(ASTER_YAML.replace("published: 2026-01}", "published: 2026-01, accessed: 2026-04}")))
    part = sc.load(write(ASTER_YAML.replace("published: 2026-02}", "published: 2026-02, accessed: 2026-04}")))
    assert some.results.to_every_eval_ever().records == part.results.to_every_eval_ever().records == ()
    whole = sc.load(write(ASTER_YAML.replace("published: 2026-02}", "published: 2026-02, accessed: 2026-04-02}")))
    assert [log["retrieved_timestamp"] for log in whole.results.to_every_eval_ever().records] == ["1775088000"]


def test_tools_are_named_only_where_the_document_names_them(aster: sc.Catalog) -> None:
    result = aster.results.where(model="aster-2", benchmark="exam")[0]
    configs = []
    for tools in (None, (), ("some",), ("python", "search")):
        told = result.model_copy(update={"settings": sc.Settings(tools=tools, reasoning="high")})
        (log,) = logs(sc.Results(aster, [told]).to_every_eval_ever(retrieved=READ))
        configs.append(log["evaluation_results"][0]["generation_config"])
    tools_of = [
        config.get("generation_args", {}).get("agentic_eval_config", {}).get("available_tools") for config in configs
    ]
    assert tools_of == [None, [], None, [{"name": "python"}, {"name": "search"}]]
    assert configs[2]["additional_details"] == {"tools": "some", "reasoning": "high"}


def test_no_results_are_an_empty_array(catalog: sc.Catalog) -> None:
    export = sc.Results(catalog, []).to_every_eval_ever()
    assert (export.text, export.records, export.left_out) == ("[]\n", (), ())


# All of them


def exports(catalog: sc.Catalog) -> list[Export]:
    results = catalog.results
    return [
        results.to_eval_results(ASTER, datasets=DATASETS),
        results.to_model_index(ASTER, datasets=DATASETS),
        results.to_every_eval_ever(retrieved=READ),
    ]


def test_hostile_texts_do_nothing(hostile: tuple[str, sc.Catalog]) -> None:  # noqa: F811 - the fixture
    hub, index, ever = exports(hostile[1])
    assert len(parse_eval_result_entries(yaml.safe_load(hub.text))) == len(hub.records)
    assert len(ModelCard(f"---\n{index.text}---\n").data.eval_results) == len(index.records)
    assert len(logs(ever)) == len(ever.records)
    for export in (hub, index, ever):
        assert not {sign for sign in export.text if sign in "\x1b\x07\x00\x7f\u202e\u2066\u200f\u2028"}


def test_the_same_results_give_the_same_bytes(catalog: sc.Catalog) -> None:
    assert [export.text for export in exports(catalog)] == [export.text for export in exports(catalog)]


def test_an_export_is_printed_and_saved(catalog: sc.Catalog, tmp_path: Path) -> None:
    export = exports(catalog)[0]
    assert str(export) == export.text
    export.save(tmp_path / "results.yaml")
    assert (tmp_path / "results.yaml").read_text(encoding="utf-8") == export.text
    with pytest.raises(OutputError, match="it exists"):
        export.save(tmp_path / "results.yaml")
