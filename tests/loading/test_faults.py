"""One fault, one problem, at its place; and none lost."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import stackcompare as sc
from stackcompare.loading import read_store
from stackcompare.loading.files import bundled_files
from stackcompare.loading.schema import file_schema
from tests.sample import ASTER

Write = Callable[..., Path]
HEAD = ASTER.split("results:\n", maxsplit=1)[0]


def found(path: Path) -> list[str]:
    with pytest.raises(sc.DataError) as caught:
        sc.load(path)
    return [str(problem).partition("data.yaml:")[2] for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("total_params: 120B", "total_params: many", ["'many' is no number as reported"]),
        ("total_params: 120B", "total_params: .nan", [".nan is no number that a source reports"]),
        ("total_params: 120B", "total_params: 1e9", ["1e9 hides its digits; write 1000000000"]),
        ("total_params: 120B", "total_params: 007", ["begins with a zero, octal for other readers; write 7"]),
        ("total_params: 120B", "total_params: -5B", ["total_params -5B cannot be"]),
        ("total_params: 120B", "total_params: 5%", ["total_params 5% cannot be"]),
        ("total_params: 120B", "total_params: {vlue: 5B}", ["no 'value'; it must be given", "unknown key 'vlue'; did you mean 'value'?"]),
        ("released: 2026-03-11", "released: 2026-13", ["no day of the calendar"]),
        ("aliases: [aster two,", "inputs: text\n    aliases: [aster two,", ["'inputs' wants a list"]),
        ("must_agree: [tools, subset]", "range: [5]", ["'range' wants two entries; write [least, greatest]"]),
        ("must_agree: [tools, subset]", "range: [1, 2, 3]", ["'range' wants at most 2 entries"]),
        ("items: 1000", "items: 2.5", ["items 2.5 is no whole number"]),
        ("items: 1000", "random_baseline: 400", ["400 lies outside 0 to 100"]),
        ("subset: {hard: 198,", "subset: {hrad: 198,", ["subset 'hrad' is not declared; did you mean 'hard'?"]),
        ("layers: {total: 88, attention: 8}", "layers: {total: 3, attention: 8}", ["8 layers of attention are more than all 3"]),
        ("    exam: 87.1", "    exam: []", ["there is no score here"]),
        ("    exam: 87.1", "    exam: {score: 87.1, model: aster-2}", ["'model' cannot stand in a score"]),
        ("row: EXAM,", "row: [a, b],", ["the row's label as printed is wanted here"]),
        ("quiz-hard, tools: none", "quiz-hard, subset: all, tools: none", ["'quiz-hard' means subset 'hard', not 'all'"]),
        ("    exam: 87.1", "    exam: {score: 87.1, standard_error: 1%}", ["1% and the score 87.1 are in different units"]),
        ("    exam: 87.1", "    exam: {score: 87.1, standard_error: 5000}", ["5000 is no standard error of such a score"]),
        ("    exam: 87.1", "    exam: {score: 87.1, interval: [80, 300]}", ["300 lies outside 0 to 100"]),
        ("    exam: 87.1", "    exam: {score: 87.1, override: maybe}", ["override is true or left out"]),
        ("    exam: 87.1", "    exam: {score: 87.1, override: true}", ["there is no such result to override"]),
        ("columns:\n  - {model: aster-2,", "columns:\n  - {modle: aster-2,", ["this column has no `model`", "'modle' cannot stand in a column; did you mean 'model'?"]),
    ],
)  # fmt: skip
def test_one_fault_is_told_once(write: Write, old: str, new: str, expected: list[str]) -> None:
    assert old in ASTER
    problems = found(write(ASTER.replace(old, new, 1)))
    assert len(problems) == len(expected), problems
    for problem, words in zip(problems, expected, strict=True):
        assert words in problem


def test_each_of_several_faults_in_one_score_is_told(write: Write) -> None:
    problems = found(write(ASTER + "- {model: aster-3, source: crad, scores: {exma: 5}}\n"))
    assert [problem.partition(": ")[2].split(";")[0] for problem in problems] == [
        "unknown model 'aster-3'", "unknown source 'crad'", "unknown benchmark 'exma'",
    ]  # fmt: skip


def test_a_broken_record_does_not_make_its_references_unknown(write: Write) -> None:
    (problem,) = found(
        write(
            ASTER.replace("  cygnus: {name: Cygnus, developer: borealis}", "  cygnus: ~")
            + "- {model: cygnus, source: note, scores: {exam: 5}}\n"
        )
    )
    assert "null" in problem


def test_a_file_that_cannot_be_parsed_is_one_problem_for_the_whole_folder(write: Write, tmp_path: Path) -> None:
    write(HEAD[:500], "a.yaml")
    write("results:" + ASTER.split("results:", maxsplit=1)[1], "b.yaml")
    with pytest.raises(sc.DataError) as caught:
        sc.load(tmp_path)
    assert len(caught.value.problems) <= 2


def test_what_no_longer_fits_an_overridden_benchmark_is_told(write: Write) -> None:
    base = sc.load(write(ASTER)).store
    over = write(
        "benchmarks:\n  exam: {name: Exam, domain: k, metric: accuracy, unit: fraction, override: true}\n", "over.yaml"
    )
    with pytest.raises(sc.DataError, match="below, no longer fits"):
        read_store(over, base=base)


def test_a_pipe_and_an_endless_device_are_refused_unopened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(sc.DataError, match="is no file but a device, a pipe or a folder"):
            sc.load(path)


def test_links_that_lead_nowhere_or_in_a_circle_are_problems(tmp_path: Path) -> None:
    (tmp_path / "self.yaml").symlink_to(tmp_path / "self.yaml")
    with pytest.raises(sc.DataError, match="cannot be read"):
        sc.load(tmp_path)
    (tmp_path / "self.yaml").unlink()
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nothing")
    with pytest.raises(sc.DataError, match="cannot be read"):
        sc.load(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "models:\n" + "".join(f"  m{n:05}:\n    name: >\n      Model {n}\n    developer: a\n" for n in range(12_000)),
        "models:\n" + "".join(f"  m{n:05}: {{name: M{n}, developer: a}}\n" for n in reversed(range(12_000))),
        "models:\n" + "".join(f"  m{n:05}: {{name: M{n}, developer: a, source: s, parent: m{n + 1:05}}}\n" for n in range(5_000)),
    ],
    ids=["folded texts", "reverse order", "a long line of parents"],
)  # fmt: skip
def test_loading_stays_linear(write: Write, text: str) -> None:
    started = time.process_time()
    with pytest.raises(sc.DataError):
        sc.load(write(text))
    assert time.process_time() - started < 20


def test_a_snapshot_cut_short_is_passed_over(write: Write, tmp_path: Path) -> None:
    from stackcompare.loading.snapshot import compiled, from_snapshot

    whole = compiled(sc.load(write(ASTER)).store, "x")
    path = tmp_path / "snapshot"
    for cut in (whole[:-50].rpartition(b"\n")[0], whole[: len(whole) // 2].rpartition(b"\n")[0], whole + b"\n{}"):
        path.write_bytes(cut)
        assert from_snapshot(path, "x") is None


class _Plain(yaml.SafeLoader):
    """Reads YAML as editors do, but for dates, which JSON Schema does not know."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_every_bundled_file_is_valid_for_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(file_schema())
    validator.check_schema(validator.schema)
    for file in bundled_files():
        data: Any = yaml.load(file.path.read_text(encoding="utf-8"), Loader=_Plain)
        errors = [f"{file.name}: {list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(data)]
        assert not errors, errors[:3]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("total_params: 120B", "total_parms: 120B"),
        ("total_params: 120B", "total_params: many"),
        ("kind: tech_report", "kind: tech_reprot"),
        ("  aster-mini:", "  Aster Mini:"),
        ("source: aster-card\n  table", "sorce: aster-card\n  table"),
        ("repeats", "repeats"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(old: str, new: str) -> None:
    validator = jsonschema.Draft202012Validator(file_schema())
    data = yaml.load(ASTER.replace(old, new, 1), Loader=_Plain)
    assert validator.is_valid(data) == (old == new)
    assert json.dumps(file_schema())


def test_two_threads_get_equal_records(write: Write) -> None:
    catalog = sc.load(write(ASTER))
    seen: list[Any] = []
    threads = [threading.Thread(target=lambda: seen.append(catalog.models["aster-2"])) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(each == seen[0] for each in seen)
