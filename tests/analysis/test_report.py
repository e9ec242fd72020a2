"""What a report is made of: who stands on which side, which models meet, and what cannot be said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import stackcompare as sc
from stackcompare.analysis import price_ratio
from tests.sample import ASTER

Write = Callable[..., Path]

VENDORS = """
organizations:
  delta: {name: Delta}
sources:
  prices: {title: Prices, publisher: scribe, kind: catalog, published: 2026-05}
models:
  aster-old: {name: Aster 1, developer: aster, source: aster-card, released: 2025-01}
  borealis-2: {name: Borealis 2, developer: borealis, source: borealis-card, released: 2026-05, active_params: 9B}
  delta-1: {name: Delta 1, developer: delta, source: lab-run, released: 2026-01}
  delta-2: {name: Delta 2, developer: delta, source: lab-run, released: 2026-03}
competitors:
  aster: {name: Aster, source: note, models: [aster-2, aster-mini, aster-old]}
  borealis: {name: Borealis, source: note, models: [borealis-1, borealis-2]}
  delta: {name: Delta Works, source: note, models: [delta-1]}
  empty: {name: Empty Hands, source: note}
findings:
  quarrel:
    topic: who came first
    kind: vendor against vendor
    about: [aster]
    claims: [{value: it was us, source: aster-card}, {value: it was us, source: borealis-card}]
prices:
  a-free: {model: aster-2, channel: Free, source: prices, input_usd: {value: 0, date: 2026-05}}
  a-late: {model: aster-2, channel: Late, source: prices, input_usd: {value: 1, date: 2026-05}}
  a-one:
    model: aster-2
    channel: One
    source: prices
    input_usd: {value: 2, date: 2026-05}
    output_usd: {value: 4, date: 2026-05}
  a-two: {model: aster-2, channel: Two, source: prices, input_usd: {value: 1, date: 2026-05}}
  b-batch: {model: borealis-1, channel: One, plan: batch, source: prices, input_usd: {value: 9, date: 2026-05}}
  b-free: {model: borealis-1, channel: Free, source: prices, input_usd: {value: 5, date: 2026-05}}
  b-late: {model: borealis-1, channel: Late, source: prices, input_usd: {value: 1, date: 2026-04}}
  b-one:
    model: borealis-1
    channel: One
    source: prices
    input_usd: {value: 1, date: 2026-05}
    output_usd: {value: 12, date: 2026-05}
  b-two: {model: borealis-1, channel: Two, source: prices, input_usd: {value: 3, date: 2026-05}}
results:
- {model: delta-1, source: lab-run, table: T, scores: {exam: 70}}
- {model: delta-2, source: lab-run, table: T, scores: {exam: 71}}
- {model: aster-2, source: lab-run, table: T, scores: {exam: 83.7, perplexity: 2.0}}
"""


@pytest.fixture
def vendors(write: Write) -> sc.Catalog:
    return sc.load(write(ASTER), extend=[write(VENDORS, "vendors.yaml")])


def pairs(report: sc.Report) -> list[tuple[str, str]]:
    return [(held.subject, held.rival) for held in report.matchups]


def test_rivals_are_those_whose_models_stand_in_tables_with_the_subjects(vendors: sc.Catalog) -> None:
    report = sc.report(vendors, "aster")
    assert [side.key for side in report.rivals] == ["borealis", "delta"]
    assert pairs(report) == [("aster-2", "borealis-1"), ("aster-2", "delta-1")]


def test_of_equals_a_vendors_foremost_model_meets_the_subject(vendors: sc.Catalog) -> None:
    assert pairs(sc.report(vendors, "aster", versus="delta")) == [("aster-2", "delta-1")]


def test_of_equals_that_are_not_foremost_the_newest_meets_the_subject(write: Write) -> None:
    none = VENDORS.replace("models: [delta-1]", "models: []")
    catalog = sc.load(write(ASTER), extend=[write(none, "vendors.yaml")])
    assert pairs(sc.report(catalog, "aster", versus="delta")) == [("aster-2", "delta-2")]


@pytest.mark.parametrize(("versus", "rival"), [("borealis-1, cygnus", "cygnus"), ("borealis, lab", "lone")])
def test_a_rival_is_met_by_the_one_model_that_stands_beside_it(write: Write, versus: str, rival: str) -> None:
    own = [f"z-{place}" for place in range(5)]
    text = "models:\n  lone: {name: Lone, developer: lab, source: lab-run}\n"
    text += "".join(f"  {key}: {{name: {key}, developer: aster, source: aster-card}}\n" for key in own)
    text += "competitors:\n" + "".join(
        f"  {key}: {{name: {key}, source: note, models: [{models}]}}\n"
        for key, models in (("aster", ", ".join(own)), ("borealis", "borealis-1"), ("lab", "lone"))
    )
    text += "results:\n" + "".join(
        f"- {{model: {key}, source: aster-card, table: Benchmarks, scores: {{exam: 50}}}}\n" for key in own[:4]
    )
    for key in (rival, "z-4"):
        text += f"- {{model: {key}, source: lab-run, table: U, scores: {{perplexity: 3}}}}\n"
    report = sc.report(sc.load(write(ASTER), extend=[write(text, "more.yaml")]), "aster", versus=versus)
    assert report.own_models == ("z-0", "z-1", "z-2", "z-4")
    assert ("z-4", rival) in pairs(report)
    assert report.unmet == ()


def test_judged_rivals_come_before_those_of_more_tables(write: Write) -> None:
    judged = "competitors: {aster: {override: true, name: Aster, source: note, models: [aster-2], " \
        "strengths: [{statement: Better., versus: delta}]}}"  # fmt: skip
    bare = [write(ASTER), write(VENDORS, "vendors.yaml")]
    catalog = sc.load(bare, extend=[write(judged, "judged.yaml")])
    assert [side.key for side in sc.report(catalog, "aster").rivals] == ["delta", "borealis"]


def test_without_competitors_other_vendors_models_are_rivals(aster: sc.Catalog) -> None:
    report = sc.report(aster, "aster-2")
    assert [side.key for side in report.rivals] == ["borealis-1"]
    assert report.offering is None
    assert report.competitors == ()


@pytest.mark.parametrize("subject", ["aster-mini", "cygnus", "empty"])
def test_who_was_never_measured_meets_nobody(vendors: sc.Catalog, subject: str) -> None:
    report = sc.report(vendors, subject)
    assert (list(report.rivals), list(report.matchups), list(report.duels)) == ([], [], [])
    assert report.comparison is report.duel_comparison is None
    assert report.uncontested == 0
    assert len(report.disclosures) == 0


def test_an_empty_list_of_rivals_means_none(vendors: sc.Catalog) -> None:
    report = sc.report(vendors, "aster", versus=[])
    assert (report.rivals, list(report.matchups), report.unmet) == ((), [], ())
    assert report.own_models == ("aster-2", "aster-mini", "aster-old")
    assert [held.source for held in report.disclosures] == ["aster-card"]


def test_a_rival_without_models_is_unmet(vendors: sc.Catalog) -> None:
    report = sc.report(vendors, "aster", versus="empty, borealis")
    assert [side.key for side in report.unmet] == ["empty"]
    assert report.competitors == ("aster", "empty", "borealis")


def test_a_rival_measured_in_other_settings_only_is_unmet(write: Write) -> None:
    more = "results: [{model: cygnus, source: lab-run, table: T, scores: {quiz: {score: 50, tools: [search], subset: all}}}]"
    catalog = sc.load(write(ASTER), extend=[write(more, "more.yaml")])
    report = sc.report(catalog, "aster-2", versus="cygnus")
    assert pairs(report) == [("aster-2", "cygnus")]
    assert [side.key for side in report.unmet] == ["cygnus"]


def test_every_model_named_meets_every_rival_named(vendors: sc.Catalog) -> None:
    report = sc.report(vendors, ["aster-2", "aster-mini"], versus=["borealis-1", "delta-1"])
    assert [(m.subject, m.rival) for m in report.matchups] == [
        ("aster-2", "borealis-1"), ("aster-2", "delta-1"), ("aster-mini", "borealis-1"), ("aster-mini", "delta-1"),
    ]  # fmt: skip
    assert [(m.subject, m.rival) for m in report.duels] == [("aster-2", "borealis-1"), ("aster-2", "delta-1")]


def test_each_subject_has_a_duel_of_its_own_with_each_vendor(vendors: sc.Catalog) -> None:
    report = sc.report(vendors, "aster-2, borealis-1", versus="delta")
    assert [(m.subject, m.rival) for m in report.duels] == [("aster-2", "delta-1"), ("borealis-1", "delta-1")]
    assert {held.source for held in report.disclosures} == {"aster-card"}
    assert report.title == "Aster 2, Borealis 1"


def test_a_vendor_may_stand_on_both_sides_but_no_model_meets_itself(vendors: sc.Catalog) -> None:
    report = sc.report(vendors, "aster", versus="aster-2, borealis")
    assert ("aster-2", "aster-2") not in pairs(report)
    assert report.competitors == ("aster", "borealis")
    assert pairs(sc.report(vendors, "aster", versus="aster-2[precision=BF16]")) == []


def test_two_configurations_of_one_model_may_meet(write: Write) -> None:
    more = "results:\n- {model: cygnus, source: lab-run, table: T, settings: {reasoning: low}, scores: {exam: 50}}\n" \
        "- {model: cygnus, source: lab-run, table: T, settings: {reasoning: high}, scores: {exam: 90}}"  # fmt: skip
    catalog = sc.load(write(ASTER), extend=[write(more, "more.yaml")])
    report = sc.report(catalog, "cygnus[reasoning=low]", versus="cygnus[reasoning=high]")
    assert report.duels[0].tally.losses == 1
    assert report.price_ratios == ()
    with pytest.raises(sc.SelectionError, match="stands there twice"):
        sc.report(catalog, "cygnus[reasoning=low]", versus="cygnus")


@pytest.mark.parametrize(
    ("subject", "versus", "error", "said"),
    [
        ("", None, sc.SelectionError, "name whom the report is about"),
        (" , ", None, sc.SelectionError, "name whom the report is about"),
        ([], None, sc.SelectionError, "name whom the report is about"),
        ("aster", "", sc.SelectionError, "no rivals are given; leave `versus` out"),
        (5, None, sc.SelectionError, "5 is no name; a name is text"),
        ("aster", [None], sc.SelectionError, "None is no name; a name is text"),
        ("aster", " , ", sc.SelectionError, "or give an empty list for none"),
        ("aster", "aster", sc.SelectionError, "'aster' would be compared with itself"),
        ("aster-2,aster-2", None, sc.SelectionError, "'aster-2' would be compared with itself"),
        ("nobody-of-that-name", None, sc.UnknownError, "nor is it a competitor"),
        ("aster", "nobody-of-that-name", sc.UnknownError, "nor is it a competitor"),
        ("aster-2[reasoning=extreme]", None, sc.SelectionError, "says reasoning=extreme"),
    ],
)
def test_names_that_mean_nothing_say_what_to_type(
    vendors: sc.Catalog, subject: str, versus: str | None, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said.replace("[", r"\[")):
        sc.report(vendors, subject, versus=versus)


def test_a_name_that_several_models_bear_lists_them(bundled: sc.Catalog) -> None:
    with pytest.raises(sc.AmbiguousError):
        sc.report(bundled, "qwen 3.5")


@pytest.mark.parametrize("subject", ["aster", "empty"])
@pytest.mark.parametrize(
    ("rules", "said"),
    [({"confidence": 7}, "confidence"), ({"prefer": ["gossip"]}, "no evidence"), ({"slack": -1}, "slack"),
     ({"sources": []}, "no sources given")],
)  # fmt: skip
def test_a_rule_that_is_none_is_refused_at_once(
    vendors: sc.Catalog, subject: str, rules: dict[str, object], said: str
) -> None:
    with pytest.raises(sc.SelectionError, match=said):
        sc.report(vendors, subject, **rules)
    with pytest.raises(TypeError, match="no rule 'confidense'; did you mean 'confidence'"):
        sc.report(vendors, subject, confidense=0.9)


def test_rules_hold_in_every_section(vendors: sc.Catalog) -> None:
    report = sc.report(vendors, "aster", sources=iter(["lab-run"]))
    assert {s.result.source for m in report.matchups for v in m.verdicts for s in v.scores} == {"lab-run"}
    assert len(report.disclosures) == 0
    assert report.ruling is not None
    assert report.ruling.settings["sources"] == ["lab-run"]
    assert [side.key for side in report.unmet] == ["borealis"]


def test_settings_without_a_rival_are_counted_once(vendors: sc.Catalog) -> None:
    report = sc.report(vendors, "aster")
    assert report.uncontested == 1  # perplexity; exam and quiz meet
    assert sc.report(vendors, "aster", versus="delta").uncontested == 2  # the quiz too


def test_models_surely_newer_than_those_compared_are_named(vendors: sc.Catalog, write: Write) -> None:
    assert sc.report(vendors, "aster").newer == ()  # nobody says when Borealis 1 came
    days = "models: {borealis-1: {override: true, name: Borealis 1, developer: borealis, source: borealis-card, released: 2026-02}}"
    catalog = sc.load(write(ASTER), extend=[write(VENDORS, "vendors.yaml"), write(days, "days.yaml")])
    assert sc.report(catalog, "aster").newer == ("borealis-2",)


def test_disagreements_about_the_vendor_itself_are_among_its_own(vendors: sc.Catalog) -> None:
    assert "quarrel" in [conflict.subject for conflict in sc.report(vendors, "aster").conflicts]
    assert "quarrel" not in [conflict.subject for conflict in sc.report(vendors, "aster-2").conflicts]
    assert "quarrel" not in [conflict.subject for conflict in sc.report(vendors, "borealis").conflicts]
    kinds = [conflict.kind for conflict in sc.report(vendors, "aster").conflicts]
    assert kinds == sorted(kinds, key=["note against primary", "quotation against primary", "vendor against itself",
                                       "vendor against vendor", "vendor against evaluator", "evaluators"].index)  # fmt: skip


def test_prices_are_set_side_by_side_on_one_channel_of_one_day_only(vendors: sc.Catalog) -> None:
    ratio = price_ratio(vendors, "borealis-1", "aster-2", "input_usd")
    assert ratio is not None
    assert (ratio.low, ratio.high, ratio.channels, ratio.sources) == (0.5, 3.0, ("One", "Two"), ("prices",))
    back = price_ratio(vendors, "aster-2", "borealis-1", "input_usd")
    assert back is not None
    assert (back.low, back.high) == (1 / 3, 2.0)
    assert price_ratio(vendors, "delta-1", "aster-2", "input_usd") is None
    found = sc.report(vendors, "aster", versus="borealis").price_ratios
    assert [(each.field, each.low, each.high) for each in found] == [("input_usd", 0.5, 3.0), ("output_usd", 3.0, 3.0)]


def test_rows_are_those_of_the_matchups(vendors: sc.Catalog) -> None:
    frame = sc.report(vendors, "aster").to_frame()
    assert list(frame["model"]) == ["aster-2", "aster-2"]
    assert list(frame["settings"]) == [2, 1]


def test_a_report_says_at_the_prompt_whom_it_is_about_and_no_more(bundled: sc.Catalog) -> None:
    said = repr(sc.report(bundled, "nvidia", versus="openai"))
    assert "NVIDIA (Nemotron) against OpenAI (GPT)" in said
    assert len(said) < 200


def test_a_report_at_the_prompt_does_nothing_to_a_terminal(write: Write) -> None:
    named = ASTER.replace("name: Aster 2\n", 'name: "\\e[31mred\\u202e"\n').replace(
        "name: Borealis 1\n", 'name: "\\e[0m"\n'
    )
    said = repr(sc.report(sc.load(write(named)), "aster-2"))
    assert "\\x1b[31mred\\u202e against \\x1b[0m" in said
    assert said.isprintable()


def test_an_own_organization_without_a_competitor_record_is_named_by_its_models(write: Callable[..., Path]) -> None:
    lab = write(
        "organizations: {our-lab: {name: Our Lab}}\n"
        "sources: {run: {title: Run, publisher: our-lab, kind: evaluation, published: 2026-11-20}}\n"
        "models: {our-model: {name: Our Model, developer: our-lab, source: run, total_params: 8B}}\n",
        "lab.yaml",
    )
    with pytest.raises(sc.UnknownError, match="'our-lab' has no record as a competitor; name its models: 'our-model'"):
        sc.report(sc.load(extend=lab), "our-lab")


@pytest.mark.parametrize("rule", [{"slack": None}, {"confidence": "high"}])
def test_a_rule_that_is_no_number_is_refused(bundled: sc.Catalog, rule: dict[str, object]) -> None:
    with pytest.raises(sc.SelectionError, match="is a number, not"):
        bundled.compare("gpt-oss-120b", "gpt-oss-20b").winners(**rule)


AGAIN = """
sources:
  later: {title: Later prices, publisher: scribe, kind: catalog, published: 2026-06}
prices:
  a-held:
    model: aster-2
    channel: Held
    source: prices
    input_usd: [{value: 2.0, source: later, date: 2026-06}, {value: 2, date: 2026-05}]
  a-moved:
    model: aster-2
    channel: Moved
    source: prices
    input_usd: [{value: 1, source: later, date: 2026-06}, {value: 2, date: 2026-05}]
  b-held: {model: borealis-1, channel: Held, source: prices, input_usd: {value: 40, date: 2026-05}}
  b-moved: {model: borealis-1, channel: Moved, source: prices, input_usd: {value: 99, date: 2026-05}}
"""


def test_an_older_price_counts_as_long_as_no_newer_document_has_another(write: Write) -> None:
    held = sc.load(write(ASTER), extend=[write(VENDORS, "vendors.yaml"), write(AGAIN, "again.yaml")])
    ratio = price_ratio(held, "borealis-1", "aster-2", "input_usd")
    assert ratio is not None
    assert (ratio.low, ratio.high, ratio.channels) == (0.5, 20.0, ("Held", "One", "Two"))
    assert (ratio.sources, ratio.days) == (("prices",), ("2026-05",))
    page = sc.report(held, "aster", versus="borealis").to_markdown()
    assert "input 0.500 to 20 on 3 channels and output 3 on 1 channel" in page
    assert "states both of a channel for one day, here 2026-05." in page


def test_costs_are_a_multiple_of_a_model_whose_parameters_are_known(write: Write) -> None:
    closed = """
models:
  aster-closed: {name: Aster Closed, developer: aster, source: aster-card, released: 2026-01}
competitors:
  aster: {name: Aster, source: note, models: [aster-closed, aster-2]}
  borealis: {name: Borealis, source: note, models: [borealis-1]}
results:
- {model: aster-closed, source: lab-run, table: T, scores: {exam: 70}}
- {model: borealis-1, source: lab-run, table: T, scores: {exam: 71}}
"""
    held = sc.load(write(ASTER), extend=[write(closed, "closed.yaml")])
    report = sc.report(held, "aster")
    assert report.comparison is not None
    assert report.comparison.labels[0] == "aster-closed"
    assert report.comparison.baseline.label == "aster-2"
    assert "as a multiple of aster-2" in report.to_markdown()


def test_who_has_no_score_is_said_not_passed_over(vendors: sc.Catalog) -> None:
    said = "No document here has a score of"
    assert f"{said} Cygnus." in sc.report(vendors, "cygnus").to_markdown()
    assert f"{said} Cygnus or Empty Hands." in sc.report(vendors, ["cygnus", "empty"]).to_markdown()
    assert f"{said} Empty Hands." in sc.report(vendors, "empty").to_markdown()
    assert said not in sc.report(vendors, "aster").to_markdown()
