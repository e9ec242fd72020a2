from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import stackcompare as sc
from tests.sample import ASTER

Write = Callable[..., Path]


def problems(path: Path | list[Path], **options: object) -> list[str]:
    with pytest.raises(sc.DataError) as caught:
        sc.load(path, **options)
    return [re.sub(r"/\S*/", "", str(problem)) for problem in caught.value.problems]


def broken(write: Write, old: str, new: str) -> list[str]:
    assert old in ASTER
    return problems(write(ASTER.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("source: aster-card\n    locator", "source: aster-crad\n    locator", "unknown source 'aster-crad'; did you mean 'aster-card'?"),
        ("developer: aster\n", "developer: astre\n", "unknown organization 'astre'; did you mean 'aster'?"),
        ("total_params: 120B", "total_parms: 120B", "unknown key 'total_parms'; did you mean 'total_params'?"),
        ("    exam: 87.1", "    exma: 87.1", "unknown benchmark 'exma'; did you mean 'exam'?"),
        ("models:\n", "modles:\n", "unknown section 'modles'; did you mean 'models'?"),
        ("{value: 12B, source", "{vlaue: 12B, source", "unknown key 'vlaue'; did you mean 'value'?"),
        ("tools: none, row: QUIZ", "tolos: none, row: QUIZ", "'tolos' is no setting and no facet of this benchmark; did you mean 'tools'?"),
        ("tools: none, subset: hard}", "tools: none, subset: hrad}", "'hrad' is not declared; did you mean 'hard'?"),
        ("[79.20, 86.60]", "[79.20]", "1 scores for 2 columns; write `none` for an empty cell"),
        ("exam: 87.1", "exam: 187.1", "187.1 lies outside 0 to 100 percent"),
        ("total_params: 120B", "total_params: 11B", "active_params 12.7B is above total_params 11B"),
        ("name: Aster 2\n", "name: 2\n", "'name' wants text, not 2; put a text in quotes"),
        ("name: Aster 2\n", "name: 1.10\n", "'name' wants text, not 1.10; put a text in quotes"),
        ("aliases: [aster two,", "aliases: [Borealis 1,", "also belongs to 'aster-2'"),
        ("kind: model_card, published: 2026-02", "kind: model_crad, published: 2026-02", "did you mean 'model_card'?"),
        ("published: 2026-02}", "published: 2026-02, accessed: 2026-01-31}", "before it was published on 2026-02"),
        ("published: 2026-02}", "published: 2026-13}", "no day of the calendar"),
        ("exam: ~95", "exam: '>100'", ">100 leaves no possible score"),
        ("    source: aster-card\n    dense", "    dense", "no source for 'dense'; give the record a `source:`"),
        ("- model: borealis-1\n  source: borealis-card", "- model: borealis-1", "this block has no `source`"),
        ("precision: BF16", "repeats: many", "'repeats' wants a whole number"),
        ("must_agree: [tools, subset]", "must_agree: [tolos, subset]", "must_agree names 'tolos'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_what_to_write_instead(write: Write, old: str, new: str, expected: str) -> None:
    found = broken(write, old, new)
    assert any(expected in problem for problem in found), found
    assert all(problem.startswith("data.yaml:") for problem in found)


def test_every_problem_comes_at_once_in_reading_order(write: Write) -> None:
    text = ASTER.replace("developer: aster\n", "developer: astre\n", 1).replace("exam: 87.1", "exam: 187.1")
    found = problems(write(text.replace("name: Cygnus", "nmae: Cygnus")))
    assert len(found) == 4  # organization, unknown key, missing name, score out of range
    lines = [int(problem.split(":")[1]) for problem in found]
    assert lines == sorted(lines)


def test_a_record_out_of_order_says_where_it_belongs(write: Write) -> None:
    text = "organizations:\n  b: {name: B}\n  a: {name: A}\n  c: {name: C}\n"
    assert problems(write(text)) == ["data.yaml:3:3: 'a' is out of order; move it to the top"]


def test_the_same_result_twice_is_refused_naming_both_places(write: Write) -> None:
    text = ASTER + "- {model: borealis-1, source: borealis-card, table: Table 1, scores: {exam: 87.2}}\n"
    (found,) = problems(write(text))
    assert "borealis-1 on exam from borealis-card in this setting is already in" in found


def test_two_files_may_not_hold_one_record(write: Write, tmp_path: Path) -> None:
    write(ASTER, "a.yaml")
    write("organizations: {aster: {name: Other}}", "b.yaml")
    (found,) = problems(tmp_path)
    assert "organization 'aster' is already in" in found


def test_a_dense_model_has_its_active_parameters_derived_and_said_so(aster: sc.Catalog) -> None:
    active = aster.models["aster-mini"].active_params
    assert active is not None
    assert str(active) == "9B"
    assert active.chosen.derived == "dense model: active equals total"


def test_column_form_and_table_form_give_the_same_records(write: Write) -> None:
    head = ASTER.split("results:\n", maxsplit=1)[0]
    table = head + (
        "results:\n- source: lab-run\n  table: T\n  settings: {tools: none}\n"
        "  columns: [{model: aster-2, settings: {reasoning: high}}, borealis-1]\n"
        "  rows:\n  - {benchmark: exam, scores: [1.0, 2.0]}\n  - {benchmark: quiz-hard, scores: [3.0, none]}\n"
    )
    columns = head + (
        "results:\n- model: aster-2\n  source: lab-run\n  table: T\n  settings: {tools: none, reasoning: high}\n"
        "  scores: {exam: 1.0, quiz-hard: 3.0}\n"
        "- {model: borealis-1, source: lab-run, table: T, settings: {tools: none}, scores: {exam: 2.0}}\n"
    )
    assert sc.load(write(table)).store.dump()["results"] == sc.load(write(columns)).store.dump()["results"]


def test_the_narrower_setting_wins(write: Write) -> None:
    text = ASTER.split("results:\n", maxsplit=1)[0] + (
        "results:\n- model: aster-2\n  source: lab-run\n  settings: {tools: none, reasoning: high}\n"
        "  scores:\n    exam: [{score: 1.0}, {score: 2.0, tools: [search, python], reasoning: low}]\n"
    )
    first, second = sc.load(write(text)).results
    assert first.settings.items() == {"tools": "none", "reasoning": "high"}
    assert second.settings.items() == {"tools": "python+search", "reasoning": "low"}


@pytest.mark.parametrize(
    ("narrower", "inferred"),
    [
        ("", ("tools",)),
        (", repeats: 4, inferred: [repeats]", ("tools", "repeats")),
        (", repeats: 4, inferred: repeats", ("tools", "repeats")),
        (", tools: none", ()),
        (", tools: none, inferred: [tools]", ("tools",)),
        (", settings: {repeats: 4, inferred: [repeats]}", ("tools", "repeats")),
    ],
)
def test_what_is_inferred_stays_so_until_it_is_stated(write: Write, narrower: str, inferred: tuple[str, ...]) -> None:
    table = f"""
results:
- source: lab-run
  settings: {{tools: none, inferred: [tools]}}
  columns: [{{model: cygnus}}]
  rows: [{{benchmark: exam, scores: [{{score: 60{narrower}}}]}}]
"""
    catalog = sc.load(write(ASTER), extend=write(table, "more.yaml"))
    found = catalog.results.where(model="cygnus", benchmark="exam", source="lab-run")
    assert [result.settings.inferred for result in found] == [inferred]


def test_private_data_lie_over_the_rest(write: Write) -> None:
    base = write(ASTER)
    more = write(
        "models: {zeta: {name: Zeta, developer: aster}}\n"
        "results:\n- {model: zeta, source: lab-run, scores: {exam: 50}}\n", "more.yaml",
    )  # fmt: skip
    store = sc.load(base).store
    from stackcompare.loading import read_store

    catalog = sc.Catalog(read_store(more, base=store))
    assert "zeta" in catalog.models
    assert len(catalog.results) == len(sc.load(base).results) + 1


def test_overriding_must_be_asked_for_and_is_shown(write: Write) -> None:
    from stackcompare.loading import read_store

    store = sc.load(write(ASTER)).store
    with pytest.raises(sc.DataError, match="say `override: true`"):
        read_store(write("models: {aster-2: {name: Mine, developer: aster}}", "more.yaml"), base=store)
    over = write("models: {aster-2: {name: Mine, developer: aster, override: true}}", "over.yaml")
    catalog = sc.Catalog(read_store(over, base=store))
    assert catalog.models["aster-2"].name == "Mine"
    origin = catalog.origin("aster-2")
    assert origin.file.endswith("over.yaml")
    assert origin.overrides is not None
    assert origin.overrides.file.endswith("data.yaml")
    with pytest.raises(sc.DataError, match="no model 'aster-9' to override"):
        read_store(write("models: {aster-9: {name: M, developer: aster, override: true}}", "none.yaml"), base=store)


def test_a_result_is_overridden_only_when_asked(write: Write) -> None:
    from stackcompare.loading import read_store

    store = sc.load(write(ASTER)).store
    block = "results:\n- {{model: borealis-1, source: borealis-card, table: Table 1, scores: {{exam: 90.0}}{}}}\n"
    with pytest.raises(sc.DataError, match="override: true"):
        read_store(write(block.format(""), "a.yaml"), base=store)
    catalog = sc.Catalog(read_store(write(block.format(", override: true"), "b.yaml"), base=store))
    scores = [str(r.score) for r in catalog.results_of("borealis-1", "exam") if r.source == "borealis-card"]
    assert scores == ["90.0"]


def test_nothing_is_lost_between_yaml_and_snapshot(write: Write, tmp_path: Path) -> None:
    from stackcompare.loading.snapshot import compiled, from_snapshot

    store = sc.load(write(ASTER)).store
    path = tmp_path / "snapshot.jsonl"
    path.write_bytes(compiled(store, "hash"))
    assert from_snapshot(path, "another hash") is None
    again = from_snapshot(path, "hash")
    assert again is not None
    assert sc.Catalog(again) == sc.Catalog(store)


def test_a_file_cut_anywhere_is_a_catalogue_or_a_data_error(write: Write) -> None:
    for end in range(0, len(ASTER), 37):
        path = write(ASTER[:end])
        try:
            sc.load(path)
        except sc.DataError as error:
            assert error.problems
