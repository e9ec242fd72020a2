from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stackcompare as sc
from tests.sample import ASTER

Write = Callable[..., Path]
HEAD = ASTER.split("results:\n", maxsplit=1)[0]


def verdicts(write: Write, results: str, *models: str, **rules: Any) -> dict[str, sc.Verdict]:
    """Return the verdicts of results in a short form, by benchmark and facets."""
    catalog = sc.load(write(HEAD + "results:\n" + results))
    found = catalog.compare(*(models or ("aster-2", "borealis-1"))).winners(**rules)
    return {" ".join([v.benchmark, *v.facets.values()]): v for v in found}


def block(model: str, benchmark: str, score: str, source: str = "lab-run", **keys: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    return f"- {{model: {model}, source: {source}, table: T, scores: {{{benchmark}: {{score: {score}{more}}}}}}}\n"


def pair(benchmark: str, one: str, other: str, **keys: str) -> str:
    return block("aster-2", benchmark, one, **keys) + block("borealis-1", benchmark, other, **keys)


@pytest.mark.parametrize(
    ("benchmark", "one", "other", "outcome", "leaders"),
    [
        ("exam", "83.7", "86.9", "win", ("borealis-1",)),
        ("exam", "83.7", "84.0", "lead", ("borealis-1",)),
        ("exam", "83.70", "83.7", "tie", ("aster-2", "borealis-1")),
        ("exam", "83.7", "'>83.7'", "lead", ("borealis-1",)),
        ("exam", "83.7", "'>=83.7'", "undecided", ()),
        ("exam", "83.7", "'<83.7'", "lead", ("aster-2",)),
        ("exam", "83.7", "'>70'", "undecided", ()),
        ("exam", "'>70'", "'>80'", "undecided", ()),
        ("exam", "83.7", "~84.0", "undecided", ()),
        ("exam", "83.7", "~77.5", "win", ("aster-2",)),
        ("exam", "100", "0", "win", ("aster-2",)),
        ("elo", "1400", "1500", "lead", ("borealis-1",)),
        ("perplexity", "5.2", "6.1", "lead", ("aster-2",)),
        ("perplexity", "'<5.2'", "5.2", "lead", ("aster-2",)),
    ],
)
def test_outcomes(write: Write, benchmark: str, one: str, other: str, outcome: str, leaders: tuple[str, ...]) -> None:
    (verdict,) = verdicts(write, pair(benchmark, one, other)).values()
    assert (verdict.outcome, verdict.leaders) == (outcome, leaders)


def test_one_score_is_uncontested_not_a_win(write: Write) -> None:
    (verdict,) = verdicts(write, block("aster-2", "exam", "80")).values()
    assert (verdict.outcome, verdict.leaders, verdict.margin, verdict.noise) == (
        "uncontested",
        ("aster-2",),
        None,
        None,
    )


def test_the_margin_is_an_interval_and_a_bound_leaves_it_open(write: Write) -> None:
    (exact,) = verdicts(write, pair("exam", "83.73", "86.70")).values()
    assert exact.margin is not None
    assert (exact.margin.low, exact.margin.high) == (2.97, 2.97)
    (bound,) = verdicts(write, pair("exam", "83.73", "'>83.73'")).values()
    assert bound.margin is not None
    assert (bound.margin.low, bound.margin.high, bound.margin.low_open) == (0.0, float("inf"), True)
    assert any("margin is unknown" in caveat for caveat in bound.caveats)


def test_a_published_standard_error_decides(write: Write) -> None:
    def outcome(error: str) -> str:
        (verdict,) = verdicts(write, pair("elo", "1500", "1480", standard_error=error)).values()
        return verdict.outcome

    assert outcome("4") == "win"
    assert outcome("9") == "lead"


def test_a_published_interval_decides(write: Write) -> None:
    wide = block("aster-2", "elo", "1500", interval="[1490, 1510]") + block(
        "borealis-1", "elo", "1490", interval="[1480, 1500]"
    )
    assert next(iter(verdicts(write, wide).values())).outcome == "lead"
    tight = wide.replace("1490, 1510", "1498, 1502").replace("1480, 1500", "1488, 1492")
    assert next(iter(verdicts(write, tight).values())).outcome == "win"


def test_noise_is_newcombes(write: Write) -> None:
    # Worked by hand from Wilson's limits: 92.5 and 90.36 of 30 problems.
    text = pair("exam", "92.50", "90.36").replace("exam", "aime")
    head = HEAD.replace(
        "  elo:", "  aime: {name: AIME, domain: m, metric: accuracy, unit: percent, source: lab-run, items: 30}\n  elo:"
    )
    catalog = sc.load(write(head + "results:\n" + text))
    (verdict,) = catalog.compare("aster-2", "borealis-1").winners()
    assert verdict.outcome == "lead"
    assert verdict.noise == pytest.approx(16.34, abs=0.15)


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95, 0.999])
def test_more_confidence_never_turns_a_lead_into_a_win(write: Write, confidence: float) -> None:
    (at,) = verdicts(write, pair("exam", "83.7", "86.0"), confidence=confidence).values()
    (more,) = verdicts(write, pair("exam", "83.7", "86.0"), confidence=0.9999).values()
    assert not (at.outcome == "lead" and more.outcome == "win")


def test_a_fraction_is_brought_to_the_benchmarks_unit_with_its_digits_kept(write: Write) -> None:
    (verdict,) = verdicts(
        write, block("aster-2", "exam", "0.8370", unit="fraction") + block("borealis-1", "exam", "83.7")
    ).values()
    assert verdict.outcome == "tie"
    assert {score.text for score in verdict.scores} == {"0.8370", "83.7"}


def test_facets_that_differ_are_never_mixed(write: Write) -> None:
    found = verdicts(
        write,
        pair("quiz", "70", "80", tools="none", subset="hard")
        + block("aster-2", "quiz", "75", tools="[python]", subset="hard")
        + block("borealis-1", "quiz", "79", tools="none", subset="all"),
    )
    assert {key: v.outcome for key, v in found.items()} == {
        "quiz none hard": "win", "quiz python hard": "uncontested", "quiz none all": "uncontested",
    }  # fmt: skip


def test_base_checkpoints_are_compared_with_each_other_only(write: Write) -> None:
    head = HEAD.replace("  cygnus: {", "  cygnus: {base: true, ").replace(
        "  borealis-1:\n", "  borealis-1:\n    base: true\n"
    )
    catalog = sc.load(write(head + "results:\n" + pair("exam", "70", "80") + block("cygnus", "exam", "60")))
    found = {tuple(v.facets.items()): v for v in catalog.compare("aster-2", "borealis-1", "cygnus").winners()}
    assert {key: (v.outcome, v.leaders) for key, v in found.items()} == {
        (): ("uncontested", ("aster-2",)), (("stage", "base"),): ("win", ("borealis-1",)),
    }  # fmt: skip
    shared = catalog.coverage("aster-2", "borealis-1", "cygnus").counts
    assert (shared["aster-2", "borealis-1"], shared["borealis-1", "cygnus"]) == (0, 1)


def test_an_unsaid_facet_is_a_caveat_and_with_strict_a_refusal(write: Write) -> None:
    text = block("aster-2", "quiz", "70", tools="none", subset="hard") + block(
        "borealis-1", "quiz", "90", subset="hard"
    )
    (loose,) = verdicts(write, text).values()
    assert (loose.outcome, loose.leaders) == ("win", ("borealis-1",))
    assert any(caveat == "tools unsaid by lab-run for borealis-1" for caveat in loose.caveats)
    (strict,) = verdicts(write, text, strict=True).values()
    assert strict.outcome == "uncontested"
    assert any("refused under strict" in caveat for caveat in strict.caveats)


def test_strict_that_leaves_nothing_says_so(write: Write) -> None:
    (verdict,) = verdicts(write, pair("quiz", "70", "80"), strict=True).values()
    assert (verdict.outcome, verdict.leaders, verdict.scores) == ("undecided", (), ())


def test_an_unsaid_facet_that_could_be_several_stands_apart(write: Write) -> None:
    found = verdicts(
        write,
        block("aster-2", "quiz", "70", tools="none", subset="hard")
        + block("aster-2", "quiz", "75", tools="[python]", subset="hard")
        + block("borealis-1", "quiz", "79", subset="hard"),
    )
    assert all(verdict.outcome == "uncontested" for verdict in found.values())
    apart = {key: [c for c in verdict.caveats if "stand apart" in c] for key, verdict in found.items()}
    assert [caveat.split(":")[0] for caveat in apart.pop("quiz hard")] == ["tools unsaid"]
    assert not any(apart.values())


def test_what_nobody_says_sets_nothing_apart(write: Write) -> None:
    found = verdicts(
        write,
        pair("quiz", "70", "80", tools="none") + pair("quiz", "75", "76", tools="[python]") + pair("quiz", "60", "79"),
    )
    apart = {key: [c.split(":")[0] for c in v.caveats if "stand apart" in c] for key, v in found.items()}
    assert apart == {"quiz": ["tools unsaid"], "quiz none": [], "quiz python": []}


def test_a_table_with_both_comes_before_a_pool_of_better_evidence(write: Write) -> None:
    text = (
        "- {source: aster-card, table: T, columns: [aster-2, borealis-1], rows: [{benchmark: exam, scores: [86.6, 80.0]}]}\n"
        + block("aster-2", "exam", "70.8")
        + block("borealis-1", "exam", "85.0", source="borealis-card")
    )
    (verdict,) = verdicts(write, text).values()
    assert verdict.basis.kind == "one table"
    assert verdict.leaders == ("aster-2",)
    assert {(s.source, s.outcome) for s in verdict.by_source} == {
        ("aster-card", "win"), ("lab-run", "uncontested"), ("borealis-card", "uncontested"),
    }  # fmt: skip


def test_a_quotation_never_outvotes_a_measurement(write: Write) -> None:
    text = (
        "- {source: note, table: T, columns: [aster-2, borealis-1], rows: [{benchmark: exam, scores: [95, 80.0]}]}\n"
        + block("aster-2", "exam", "70.8", source="aster-card")
        + block("borealis-1", "exam", "85.0", source="borealis-card")
    )
    (verdict,) = verdicts(write, text).values()
    assert (verdict.basis.kind, verdict.leaders) == ("pooled", ("borealis-1",))
    assert verdict.leader_depends_on_source
    (note,) = verdicts(write, text, sources=["note"]).values()
    assert note.leaders == ("aster-2",)
    assert any("quoted only" in caveat for caveat in note.caveats)
    (preferred,) = verdicts(write, text, prefer=["secondary"]).values()
    assert preferred.leaders == ("aster-2",)


def test_one_measurer_over_two_documents_is_a_basis(write: Write) -> None:
    head = HEAD.replace("  note: ", "  lab-two: {title: Second run, publisher: lab, kind: evaluation}\n  note: ", 1)
    text = block("aster-2", "exam", "70.8") + block("borealis-1", "exam", "85.0", source="lab-two")
    catalog = sc.load(write(head + "results:\n" + text))
    (verdict,) = catalog.compare("aster-2", "borealis-1").winners()
    assert verdict.basis == ("one measurer", ("lab-run", "lab-two"))


def test_the_strongest_configuration_counts_unless_a_default_is_named(write: Write) -> None:
    text = (
        block("aster-2", "exam", "60", reasoning="low")
        + block("aster-2", "exam", "70", reasoning="high")
        + block("borealis-1", "exam", "65")
    )
    (verdict,) = verdicts(write, text).values()
    assert verdict.leaders == ("aster-2",)
    assert any(
        "the strongest of 2 configurations" in caveat and "reasoning=high" in caveat for caveat in verdict.caveats
    )
    head = HEAD.replace("    total_params: 120B", "    total_params: 120B\n    default_settings: {reasoning: low}", 1)
    catalog = sc.load(write(head + "results:\n" + text))
    (default,) = catalog.compare("aster-2", "borealis-1").winners()
    assert default.leaders == ("borealis-1",)
    (chosen,) = catalog.compare("aster-2[reasoning=high]", "borealis-1").winners()
    assert chosen.leaders == ("aster-2[reasoning=high]",)
    (both,) = catalog.compare("aster-2[reasoning=high]", "aster-2[reasoning=low]").winners()
    assert both.leaders == ("aster-2[reasoning=high]",)


def test_items_of_an_unsaid_subset_are_the_fewest_it_may_have(write: Write) -> None:
    (verdict,) = verdicts(write, pair("quiz", "80", "86.5", tools="none")).values()
    assert verdict.scores[0].items == (198, ("subset",))
    assert any("fewest items it may have, 198" in caveat for caveat in verdict.caveats)


@pytest.mark.parametrize(
    ("models", "options", "message"),
    [
        (["aster-2"], {}, "at least two models"),
        (["aster-2", "Aster 2"], {}, "compared with itself"),
        (["aster-2", "nothing-like-it"], {}, "unknown model"),
        (["aster-2", "borealis-1"], {"baseline": "cygnus"}, "is not among the models"),
        (["aster-2", "borealis-1"], {"benchmarks": []}, "no benchmarks given"),
        (["aster-2", "borealis-1"], {"benchmarks": ["exam9"]}, "did you mean 'exam'"),
        (["aster-2", "borealis-1"], {"benchmarks": ["quiz", "quiz-hard"]}, "in two ways at once"),
        (["aster-2[reasoning]", "borealis-1"], {}, "write name=value"),
        (["aster-2[reasning=low]", "borealis-1"], {}, "did you mean 'reasoning'"),
        (["aster-2[reasoning=low,reasoning=high]", "borealis-1"], {}, "to be two things"),
    ],
)
def test_a_comparison_that_cannot_be_asked_for_says_why(
    aster: sc.Catalog, models: list[str], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(sc.SelectionError, match=message):
        aster.compare(*models, **options)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"prefer": ["hearsay"]}, "no evidence 'hearsay'"),
        ({"prefer": 5}, "5 is no name"),
        ({"slack": -1}, "slack is a number"),
        ({"slack": float("nan")}, "slack is a number"),
        ({"confidence": 1.0}, "between 0 and 1"),
        ({"sources": []}, "no sources given"),
        ({"sources": 5}, "5 is no name"),
        ({"sources": ["nota"]}, "did you mean 'note'"),
    ],
)
def test_rules_that_make_no_sense_are_refused(aster: sc.Catalog, rules: dict[str, Any], message: str) -> None:
    with pytest.raises(sc.SelectionError, match=message):
        aster.compare("aster-2", "borealis-1").winners(**rules)


SCORES = st.sampled_from(["70", "70.0", "~70", "'>70'", "'<=70'", "71.5", "90", "0", "100"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["aster-2", "borealis-1", "cygnus"]), st.sampled_from(["exam", "quiz", "perplexity"]), SCORES,
            st.sampled_from(["lab-run", "aster-card", "note"]), st.sampled_from(["", "none", "[python]"]),
        ), max_size=14, unique_by=lambda row: (row[0], row[1], row[3], row[4]),
    ),
    order=st.randoms(use_true_random=False),
)  # fmt: skip
def test_no_order_of_blocks_files_keys_or_arguments_changes_a_verdict(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], order: random.Random
) -> None:
    def blocks(rows: list[tuple[str, ...]]) -> list[str]:
        found = []
        for model, benchmark, score, source, tools in rows:
            keys = [f"score: {score}", *([f"tools: {tools}"] if tools else [])]
            order.shuffle(keys)
            head = [
                f"model: {model}",
                f"source: {source}",
                "table: T",
                f"scores: {{{benchmark}: {{{', '.join(keys)}}}}}",
            ]
            order.shuffle(head)
            found.append(f"- {{{', '.join(head)}}}\n")
        return found

    def answer(rows: list[tuple[str, ...]], models: list[str], names: list[str]) -> object:
        folder = tmp_path_factory.mktemp("order")
        (folder / names[0]).write_text(HEAD)
        written = blocks(rows)
        half = order.randint(0, len(written))
        for name, part in zip(names[1:], (written[:half], written[half:]), strict=True):
            if part:
                (folder / name).write_text("results:\n" + "".join(part))
        found = sc.load(folder).compare(*models).winners()
        return [
            (v.benchmark, v.facets, v.outcome, v.leaders, v.margin, v.noise, v.basis, sorted(v.caveats),
             [(s.model, s.text, s.result.source) for s in v.scores], v.by_source)
            for v in found
        ]  # fmt: skip

    models = ["aster-2", "borealis-1", "cygnus"]
    first = answer(rows, models, ["a.yaml", "b.yaml", "c.yaml"])
    shuffled, others, names = list(rows), list(models), ["z.yaml", "m.yaml", "b.yml"]
    for each in (shuffled, others, names):
        order.shuffle(each)
    assert answer(shuffled, others, names) == first


def test_a_third_model_does_not_break_up_a_table(write: Write) -> None:
    text = (
        "- {source: aster-card, table: T, columns: [aster-2, borealis-1], rows: [{benchmark: exam, scores: [86.6, 80.0]}]}\n"
        + block("aster-2", "exam", "70.8")
        + block("cygnus", "exam", "50.0", source="borealis-card")
    )
    (verdict,) = verdicts(write, text, "aster-2", "borealis-1", "cygnus").values()
    assert verdict.leaders == ("aster-2",)
    assert {score.model: score.text for score in verdict.scores} == {
        "aster-2": "86.6",
        "borealis-1": "80.0",
        "cygnus": "50.0",
    }
    assert verdict.basis == ("pooled", ("aster-card", "borealis-card"))


def test_a_note_with_one_more_model_does_not_outvote_a_card(write: Write) -> None:
    text = (
        "- {source: aster-card, table: T, columns: [aster-2, borealis-1], rows: [{benchmark: exam, scores: [86, 80]}]}\n"
        "- {source: note, table: T, columns: [aster-2, borealis-1, cygnus], rows: [{benchmark: exam, scores: [70, 80, 60]}]}\n"
    )
    (verdict,) = verdicts(write, text, "aster-2", "borealis-1", "cygnus").values()
    assert verdict.leaders == ("aster-2",)
    assert any("quoted, not measured, by its document: the score of cygnus" in caveat for caveat in verdict.caveats)


def test_of_two_documents_with_equal_evidence_the_stronger_configuration_counts_not_the_newer(write: Write) -> None:
    head = HEAD.replace(
        "  note: ", "  lab-two: {title: Second run, publisher: lab, kind: evaluation, published: 2026-02}\n  note: ", 1
    )
    text = (
        block("aster-2", "exam", "72.9", reasoning="high")
        + block("aster-2", "exam", "20.2", source="lab-two", reasoning="low")
        + block("borealis-1", "exam", "50", source="borealis-card")
    )
    (verdict,) = sc.load(write(head + "results:\n" + text)).compare("aster-2", "borealis-1").winners()
    assert verdict.leaders == ("aster-2",)
    assert any("the strongest of 2 configurations is taken (reasoning=high)" in caveat for caveat in verdict.caveats)


def test_of_one_configuration_the_newer_score_counts(write: Write) -> None:
    head = HEAD.replace(
        "  note: ", "  lab-two: {title: Second run, publisher: lab, kind: evaluation, published: 2026-02}\n  note: ", 1
    )
    text = (
        block("aster-2", "exam", "72.9")
        + block("aster-2", "exam", "60.2", source="lab-two")
        + block("borealis-1", "exam", "50", source="borealis-card")
    )
    (verdict,) = sc.load(write(head + "results:\n" + text)).compare("aster-2", "borealis-1").winners()
    assert [score.text for score in verdict.scores] == ["60.2", "50"]


def test_documents_that_leave_a_facet_unsaid_never_give_a_win(write: Write) -> None:
    text = block("aster-2", "quiz", "90", tools="none", subset="hard") + block(
        "borealis-1", "quiz", "20", source="borealis-card", subset="hard"
    )
    (verdict,) = verdicts(write, text).values()
    assert verdict.outcome == "lead"
    assert any(caveat.startswith("a lead, whatever the margin") for caveat in verdict.caveats)


def test_a_rival_further_down_that_is_too_close_is_named(write: Write) -> None:
    text = (
        block("aster-2", "elo", "90", standard_error="0.1")
        + block("borealis-1", "elo", "85", standard_error="0.1")
        + block("cygnus", "elo", "84", standard_error="10")
    )
    (verdict,) = verdicts(write, text, "aster-2", "borealis-1", "cygnus").values()
    assert (verdict.outcome, verdict.runner_up) == ("lead", "borealis-1")
    assert any("within the noise of cygnus" in caveat for caveat in verdict.caveats)


def test_a_document_without_the_leader_does_not_make_the_leader_depend_on_it(write: Write) -> None:
    text = (
        "- {source: aster-card, table: T, columns: [aster-2, borealis-1, cygnus], rows: [{benchmark: exam, scores: [90, 80, 70]}]}\n"
        "- {source: lab-run, table: T, columns: [borealis-1, cygnus], rows: [{benchmark: exam, scores: [60, 50]}]}\n"
    )
    (verdict,) = verdicts(write, text, "aster-2", "borealis-1", "cygnus").values()
    assert not verdict.leader_depends_on_source


def test_settings_that_differ_or_only_some_say_are_told(write: Write) -> None:
    text = block("aster-2", "exam", "60", reasoning="low", repeats="5") + block(
        "borealis-1", "exam", "70", source="borealis-card", reasoning="high"
    )
    (verdict,) = verdicts(write, text).values()
    assert "reasoning differs (aster-2: low; borealis-1: high)" in verdict.caveats
    assert "repeats said only for aster-2 (5)" in verdict.caveats


def test_one_length_in_two_spellings_is_one_setting(write: Write) -> None:
    text = block("aster-2", "exam", "60", context_length="1M") + block(
        "borealis-1", "exam", "70", context_length="1000K"
    )
    head = HEAD.replace("unit: percent, source: lab-run, items: 1000}", "unit: percent, must_agree: [context_length]}")
    (verdict,) = sc.load(write(head + "results:\n" + text)).compare("aster-2", "borealis-1").winners()
    assert verdict.facets == {"context_length": "1M"}
    assert len(verdict.scores) == 2


@pytest.mark.parametrize("order", [("subset", "version"), ("version", "subset")])
def test_items_do_not_depend_on_the_order_of_facets(write: Write, order: tuple[str, str]) -> None:
    by = {"subset": "subset: {all: 1000}", "version": "version: {v1: 20}"}
    items = ", ".join(by[name] for name in order)
    head = HEAD.replace(
        "unit: percent, source: lab-run, items: 1000}",
        f"unit: percent, source: lab-run, facets: {{subset: {{}}}}, items_by: {{{items}}}}}",
    )
    text = pair("exam", "80", "90", subset="all", version="v1")
    (verdict,) = sc.load(write(head + "results:\n" + text)).compare("aster-2", "borealis-1").winners()
    assert verdict.scores[0].items == (20, ())


@pytest.mark.parametrize(
    ("selected", "message"),
    [
        (["aster-2[reasoning=hihg]", "borealis-1"], "did you mean 'high'"),
        (["aster-2[reasoning=high]", "aster-2[reasoning=HIGH]"], "compared with itself"),
        (["aster-2", "aster-2[reasoning=high]"], "say which configuration"),
    ],
)
def test_a_configuration_must_exist_and_be_said_once(write: Write, selected: list[str], message: str) -> None:
    catalog = sc.load(
        write(
            HEAD + "results:\n" + block("aster-2", "exam", "60", reasoning="high") + block("borealis-1", "exam", "50")
        )
    )
    with pytest.raises(sc.SelectionError, match=message):
        catalog.compare(*selected)


def test_lengths_come_in_the_order_of_their_size(write: Write) -> None:
    head = HEAD.replace("unit: percent, source: lab-run, items: 1000}", "unit: percent, must_agree: [context_length]}")
    results = "".join(pair("exam", "70", "80", context_length=length) for length in ("1M", "256K", "64Ki"))
    catalog = sc.load(write(head + "results:\n" + results))
    found = [v.facets["context_length"] for v in catalog.compare("aster-2", "borealis-1").winners()]
    assert found == ["64Ki", "256K", "1M"]


@pytest.mark.parametrize(("length", "beyond"), [("1M", True), ("131072", False), ("140K", False), ("'>1M'", True)])
def test_a_test_longer_than_the_context_of_a_model_is_a_caveat(write: Write, length: str, beyond: bool) -> None:
    short = HEAD.replace(
        "name: Borealis 1\n", "name: Borealis 1\n    context_max: [{value: 100K, source: note}, {value: 128K}]\n"
    )
    results = "results:\n" + pair("exam", "83.7", "20", context_length=length)
    catalog = sc.load(write(short + results))
    verdict = catalog.compare("aster-2", "borealis-1").winners()[0]
    assert verdict.outcome == "win"
    said = [caveat for caveat in verdict.caveats if "more than the context that documents state of it, 100K" in caveat]
    assert len(said) == beyond
    assert all(caveat.startswith("borealis-1: ") for caveat in said)
    answer = "(more context than is stated of Borealis 1)"
    assert (answer in sc.report(catalog, "aster-2", versus="borealis-1").to_markdown()) is beyond
