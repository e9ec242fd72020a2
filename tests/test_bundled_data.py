"""Rules that the bundled data keep beyond what the loader enforces."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest

import stackcompare as sc
from stackcompare.catalog.facets import compatible, signature
from stackcompare.loading import bundled_store
from stackcompare.records.naming import folded
from stackcompare.records.result import UNSAID_MEASURER

CATALOG = sc.Catalog(bundled_store(snapshot=False))
RESULTS_ON: dict[str, list[sc.Result]] = defaultdict(list)
for _result in CATALOG.results:
    RESULTS_ON[_result.benchmark].append(_result)


def test_the_set_is_as_large_as_it_says() -> None:
    assert len(CATALOG.models) >= 60
    assert len(CATALOG.results) >= 350


def test_yaml_and_snapshot_give_equal_catalogues(tmp_path) -> None:
    from stackcompare.loading.snapshot import compiled, from_snapshot

    path = tmp_path / "snapshot.jsonl"
    path.write_bytes(compiled(CATALOG.store, "x"))
    again = from_snapshot(path, "x")
    assert again is not None
    assert again.dump() == CATALOG.store.dump()


@pytest.mark.parametrize("key", CATALOG.sources)
def test_every_source_is_used_and_can_be_found(key: str) -> None:
    source = CATALOG.sources[key]
    assert sum(CATALOG.contributions[key]) > 0, "nothing cites it"
    assert source.url or source.file or source.note, "neither an address nor a word on where it is"


@pytest.mark.parametrize("key", CATALOG.models)
def test_an_id_that_names_sizes_agrees_with_the_fields(key: str) -> None:
    model = CATALOG.models[key]
    total = re.search(r"(?<![a-z0-9.])([\d.]+)(b|t)(?![a-z])", key)
    if total and model.total_params and not model.total_params.value.is_bound:
        named = float(total[1]) * {"b": 1e9, "t": 1e12}[total[2]]
        assert model.total_params.value.value == pytest.approx(named, rel=0.13)
    active = re.search(r"-a([\d.]+)b", key)
    if active and model.active_params:
        values = [claim.value.value for claim in model.active_params.claims]
        if key not in ACTIVE_EXCEPT:
            assert any(value == pytest.approx(float(active[1]) * 1e9, rel=0.25) for value in values)


ACTIVE_EXCEPT = {"qwen3-next-80b-a3b-thinking": "the only document read gives 3.9B, counted with embeddings"}
"""Ids whose active size no claim matches, with the reason."""


@pytest.mark.parametrize("key", CATALOG.benchmarks)
def test_a_benchmark_has_results_or_is_cited(key: str) -> None:
    benchmark = CATALOG.benchmarks[key]
    assert benchmark.name.strip() == benchmark.name
    for count in [benchmark.items, *(fact for by in benchmark.items_by.values() for fact in by.values())]:
        assert count is None or 1 <= count.value.value <= 3_000_000


def test_no_two_benchmarks_spell_one_name() -> None:
    seen: dict[str, str] = {}
    for key in CATALOG.benchmarks:
        benchmark = CATALOG.benchmarks[key]
        for name in {folded(text) for text in (key, benchmark.name, *benchmark.aliases, *benchmark.variants)}:
            assert seen.setdefault(name, key) == key, f"{name} is {seen[name]} and {key}"


def test_every_result_says_where_it_stands() -> None:
    silent = [(r.source, r.model, r.benchmark) for r in CATALOG.results if not r.locator]
    assert not silent, silent[:5]


def test_the_schema_is_current() -> None:
    from pathlib import Path

    from stackcompare.loading.schema import file_schema

    path = Path(__file__).parents[1] / "schemas" / "stackcompare.schema.json"
    import json

    assert json.loads(path.read_text(encoding="utf-8")) == file_schema(), (
        "run: stackcompare schema -o schemas/stackcompare.schema.json"
    )


# Like with like


def _spelt_alike(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text.casefold())


def test_a_setting_is_spelt_in_one_way() -> None:
    spellings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for result in CATALOG.results:
        for name, value in result.settings.items().items():
            spellings[name, _spelt_alike(value)].add(value)
    assert [(name, *sorted(values)) for (name, _), values in spellings.items() if len(values) > 1] == []


def test_a_harness_of_ones_own_says_whose_it_is() -> None:
    publishers: dict[str, set[str]] = defaultdict(set)
    for result in CATALOG.results:
        harness = result.settings.harness
        if harness is not None and re.search(r"\b(in-house|pre-defined|several attempts)\b", harness):
            publishers[harness].add(CATALOG.sources[result.source].publisher)
            assert harness[0].isupper(), f"{harness}: begin with the name of its owner"
    assert {harness: names for harness, names in publishers.items() if len(names) > 1} == {}


@pytest.mark.parametrize("key", CATALOG.benchmarks)
def test_a_facet_has_a_value_that_its_benchmark_lists(key: str) -> None:
    benchmark = CATALOG.benchmarks[key]
    said = {(name, value) for r in RESULTS_ON[key] for name, value in r.settings.facets.items()}
    listed = {name: facet.values for name, facet in benchmark.facets.items() if facet.values}
    assert [(name, value) for name, value in said if name in listed and value not in listed[name]] == []


NOT_ASKED = {"reasoning", "budget", "precision", "repeats", "harness_version", "parallelism", "attention"}
"""Settings that are part of a model's configuration, or that only sharpen a score."""
PROMPTING = {"prompt", "filter", "context_management", "set", "tasks", "retriever"}
"""Facets of the prompt or the loop around a model that documents state too seldom to be asked for everywhere."""
MINOR = {
    ("ruler", "position_method"): "part of a model's configuration",
    ("ruler-mean", "position_method"): "part of a model's configuration",
    ("browsecomp", "blocklist"): "keeps answers out of reach; documents seldom say",
}
"""Facets of several values that need not agree, with the reason."""


@pytest.mark.parametrize("key", CATALOG.benchmarks)
def test_a_facet_that_moves_the_number_of_items_must_agree(key: str) -> None:
    benchmark = CATALOG.benchmarks[key]
    assert set(benchmark.items_by) <= set(benchmark.must_agree)


@pytest.mark.parametrize("key", CATALOG.benchmarks)
def test_a_facet_with_several_values_must_agree_or_says_why_not(key: str) -> None:
    benchmark = CATALOG.benchmarks[key]
    for name in benchmark.facets:
        values = {value for r in RESULTS_ON[key] if (value := r.settings.get(name)) is not None}
        asked = name in benchmark.must_agree or name in NOT_ASKED or name in PROMPTING or (key, name) in MINOR
        assert len(values) < 2 or asked, f"{name}: {sorted(values)}"


@pytest.mark.parametrize("key", CATALOG.benchmarks)
def test_only_a_rate_counts_items(key: str) -> None:
    benchmark = CATALOG.benchmarks[key]
    if benchmark.scale is None:
        assert benchmark.items is None, "noise is not worked out from items in this unit"
        assert not benchmark.items_by, "noise is not worked out from items in this unit"


def test_an_index_or_a_rating_never_mixes_its_states() -> None:
    for key in ("aa-intelligence-index", "aa-briefcase", "gdpval-aa", "livebench"):
        assert "version" in CATALOG.benchmarks[key].must_agree, key
    assert all(result.settings.version for result in RESULTS_ON["aa-intelligence-index"])
    for key in ("lmarena-text", "lmarena-code", "swe-rebench"):
        assert "snapshot" in CATALOG.benchmarks[key].must_agree, key


@pytest.mark.parametrize("key", CATALOG.models)
def test_a_model_called_base_is_a_base_checkpoint(key: str) -> None:
    assert CATALOG.models[key].base == bool(re.search(r"(^|-)base(-|$)", key))


# Documents

TODAY = max(datetime.now(UTC).date(), date(2026, 11, 24))
"""Today, or the day to which the data were read."""


@pytest.mark.parametrize("key", CATALOG.sources)
def test_a_document_is_of_the_past(key: str) -> None:
    source = CATALOG.sources[key]
    for day in (source.published, source.accessed):
        assert day is None or day.earliest <= TODAY


def test_no_score_is_measured_in_the_future() -> None:
    late = [(r.source, r.model, r.benchmark) for r in CATALOG.results if r.date and r.date.earliest > TODAY]
    assert late == []


@pytest.mark.parametrize("key", [key for key in CATALOG.sources if CATALOG.sources[key].url])
def test_an_address_is_well_formed(key: str) -> None:
    url = CATALOG.sources[key].url
    assert url is not None
    parts = urlsplit(url)
    assert parts.scheme == "https"
    assert "." in parts.netloc
    assert not re.search(r"\s|example\.|localhost|//.*//", url)


SAME_ADDRESS = {
    "https://arena.ai/leaderboard/text": "states of one board",
    "https://github.com/lmarena/arena-catalog": "two lists of one repository, without and with style control",
    "https://github.com/LiveCodeBench/LiveCodeBench": "the repository, and a loader that counts its problems",
    "https://github.com/ons96/llm-leaderboard-aggregate": "two lists of one repository",
    "https://github.com/xlang-ai/OSWorld": "two second-hand statements about one benchmark",
    "https://huggingface.co/Qwen/Qwen3.8-2.4T-A95B": "a card, and the license beside it",
    "https://www.nvidia.com/en-us/agreements/enterprise-software/nvidia-open-model-license": "two texts of one license",
    "https://github.com/sierra-research/tau2-bench": "the board of the second edition, and the repository",
}
"""Addresses under which several sources stand, with the reason."""


def test_a_document_is_registered_once() -> None:
    at: dict[str, list[str]] = defaultdict(list)
    for key in CATALOG.sources:
        if url := CATALOG.sources[key].url:
            at[re.sub(r"(/blob/(main|master)/README\.md)?/?$", "", url)].append(key)
    assert {url: keys for url, keys in at.items() if len(keys) > 1 and url not in SAME_ADDRESS} == {}


def test_nobody_speaks_of_files_that_a_reader_does_not_have() -> None:
    told = re.compile(r"/(work|tmp|home)/|\bfacts?\.ya?ml|\bnvidia-yaml\b|\bsee \S+\.ya?ml", re.IGNORECASE)
    held = CATALOG.store.dump()
    texts = [str(record) for part in held["sections"].values() for record in part.values()]
    texts += [str(results) for results in held["results"].values()]
    assert [found[0] for text in texts if (found := told.search(text))] == []


# Repeated figures

COPIES = {
    "deepseek-v3-readme": "runs all models in its own framework; two figures of Llama 3.1 405B coincide",
    "kimi-k2-readme": "says that it ran all models itself; the developer's own came later or coincide",
    "kimi-k2.5-readme": "one row says that Moonshot ran it again",
    "minimax-m2-repo": "marks what it repeats with an asterisk; the others it ran",
    "minimax-m2.5-repo": "names Artificial Analysis as the method of these rows",
    "nemotron-3-ultra-report": "says that it ran all models on its own stack",
}
"""Documents of rivals that may print the developer's own digits without saying that they repeat them."""


def test_a_rival_that_prints_the_developers_digits_says_that_it_may_repeat_them() -> None:
    own: dict[tuple[str, str], list[sc.Result]] = defaultdict(list)
    for result in CATALOG.results:
        if CATALOG.evidence(result) == "first_party":
            own[result.model, result.benchmark].append(result)
    silent: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for result in CATALOG.results:
        if CATALOG.evidence(result) != "rival" or result.measured_by == UNSAID_MEASURER:
            continue
        if len(re.sub(r"\D", "", str(result.score)).lstrip("0")) < 3:
            continue
        benchmark = CATALOG.benchmarks[result.benchmark]
        if any(
            str(one.score) == str(result.score) and compatible(signature(benchmark, one), signature(benchmark, result))
            for one in own[result.model, result.benchmark]
        ):
            silent[result.source].append((result.model, result.benchmark, str(result.score)))
    assert {source: rows for source, rows in silent.items() if source not in COPIES} == {}
    assert {source: len(rows) for source, rows in silent.items() if len(rows) > 8} == {}, "more than chance"
    assert sorted(silent) == sorted(COPIES), "an exception that is none any more"


@pytest.mark.parametrize("key", CATALOG.findings)
def test_a_finding_that_a_note_is_wrong_has_the_note_on_one_side(key: str) -> None:
    finding = CATALOG.findings[key]
    noted = any(CATALOG.sources[claim.source].kind == "analyst_note" for claim in finding.claims)
    assert finding.kind != "note against primary" or noted
