from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stackcompare.cli import main
from tests.sample import ASTER

Run = Callable[..., "Answer"]


class Answer:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    data = tmp_path / "aster.yaml"
    data.write_text(ASTER, encoding="utf-8")

    def call(*arguments: str, on: str | None = str(data)) -> Answer:
        extra = ["--data", on] if on and arguments[0] not in {"check", "schema", "completion", "--help"} else []
        try:
            main([arguments[0], *extra, *arguments[1:]])
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


COMMANDS = [
    ["list"], ["list", "results"], ["list", "sources"], ["show", "aster-2"], ["show", "aster-2", "--cite"], ["show", "quiz"],
    ["search", "aster"], ["compare", "aster-2", "borealis-1"], ["winners", "aster-2", "borealis-1"],
    ["ratios", "aster-2", "borealis-1"], ["conflicts"], ["coverage", "aster-2", "borealis-1"], ["coverage"],
]  # fmt: skip


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "html"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_answers_in_every_form(run: Run, command: list[str], form: str) -> None:
    answer = run(*command, "--format", form)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.strip()
    if form == "json":
        assert answer.json
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.out)))
        assert len({len(row) for row in rows}) == 1
    if form == "html":
        assert answer.out.startswith("<!doctype html>")
        assert "<script" not in answer.out


def test_winners_as_json_hold_all_that_defends_them(run: Run) -> None:
    exam, quiz = run("winners", "aster-2", "borealis-1", "--format", "json").json
    assert exam["benchmark"] == "exam"
    assert exam["outcome"] == "lead"
    assert exam["leaders"] == ["borealis-1"]
    assert exam["margin"] == {"low": 3.0, "high": 3.0}
    assert exam["noise"] == pytest.approx(3.13, abs=0.02)
    assert (exam["basis"], exam["basis_sources"]) == ("one table", ["aster-card"])
    assert {standing["source"] for standing in exam["by_source"]} == {"aster-card", "borealis-card", "note"}
    first = exam["scores"][0]
    assert (first["model"], first["score"], first["low"], first["high"]) == ("borealis-1", "86.70", 86.7, 86.7)
    assert (first["source"], first["evidence"], first["locator"]) == ("aster-card", "rival", "Benchmarks, row EXAM")
    assert isinstance(exam["caveats"], list)
    assert quiz["facets"] == {"tools": "none", "subset": "hard"}


def test_ratios_as_json(run: Run) -> None:
    mine, base = run("ratios", "aster-2", "borealis-1", "--baseline", "borealis-1", "--format", "json").json
    assert mine["model"] == "aster-2"
    assert mine["baseline"] == "borealis-1"
    assert mine["measure"] == "active_params"
    assert mine["low"] < mine["ratio"] <= mine["high"]
    assert mine["reason"] is None
    assert "note" in mine["sources"]
    assert base["ratio"] == 1.0


def test_conflicts_as_json(run: Run) -> None:
    found = run("conflicts", "--model", "aster-2", "--format", "json").json
    by = {each["field"] or each["benchmark"]: each for each in found}
    assert set(by) == {"active_params", "exam"}
    assert by["exam"]["subject"] == "aster-2"
    assert by["exam"]["facets"] == {}
    assert {claim["value"] for claim in by["exam"]["claims"]} == {"83.70", "~95"}
    assert {claim["evidence"] for claim in by["exam"]["claims"]} == {"first_party", "secondary"}


def test_a_bound_is_null_in_json_not_infinity(run: Run, tmp_path: Path) -> None:
    more = tmp_path / "more.yaml"
    more.write_text("results:\n- {model: cygnus, source: lab-run, scores: {exam: '>88'}}\n")
    answer = run("winners", "cygnus", "borealis-1", "--extend", str(more), "--format", "json")
    assert "Infinity" not in answer.out
    scores = {score["model"]: score for score in answer.json[0]["scores"]}
    assert (scores["cygnus"]["score"], scores["cygnus"]["low"], scores["cygnus"]["high"]) == (">88", 88.0, None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare", "aster-2"], "at least two models"),
        (["compare", "aster-2", "aster-2"], "compared with itself"),
        (["compare", "aster-2", "zzz"], "unknown model 'zzz'"),
        (["compare", "aster", "borealis-1"], "'aster-2' or 'aster-mini'; say which"),
        (["compare", "aster-2", "borealis-1", "--baseline", "cygnus"], "not among the models"),
        (["winners", "aster-2", "borealis-1", "--sources", "nota"], "did you mean 'note'"),
        (["winners", "aster-2", "borealis-1", "--prefer", "x"], "no evidence 'x'"),
        (["winners", "aster-2", "borealis-1", "--confidence", "2"], "between 0 and 1"),
        (["ratios", "aster-2", "borealis-1", "--measure", "price"], "no cost measure 'price'"),
        (["show", "nothing-here-at-all"], "unknown model"),
        (["list", "models", "-w", "nmae=x"], "did you mean 'name'"),
        (["list", "models", "-w", "name"], "write field=value"),
        (["list", "models", "-w", "developer=a", "-w", "developer=b"], "asked for twice"),
        (["list", "models", "-w", "self=x"], "no field 'self'"),
        (["list", "results", "-w", "self=x"], "no field 'self'"),
        (["ranking", "quiz-hard", "-w", "benchmark=quiz"], "'benchmark' is no setting"),
        (["ranking", "quiz-hard", "-w", "base=false"], "'base' is no setting"),
        (["timeline", "quiz-hard", "-w", "models=aster-2"], "'models' is no setting"),
        (["frontier", "quiz-hard", "-w", "cost=1"], "'cost' is no setting"),
        (["ranking", "quiz-hard", "-w", "slack=3"], "'slack' is no setting"),
        (["ranking", "quiz-hard", "--strict"], "--strict"),
        (["serving", "aster-2"], "no serving guide"),
        (["features", "aster"], "unknown competitor"),
        (["list", "modles"], "modles"),
        (["compare"], "Missing argument"),
        (["compare", "a", "b", "--format", "docx"], "docx"),
        (["report", "aster-2", "--charts", "-o", "r.md"], "--charts draws into a page"),
        (["report", "aster-2", "--charts"], "--charts draws into a page"),
        (["export", "model-index", "aster-2"], "needs the hub's data set for each benchmark"),
        (["lsit"], "No such command"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(run: Run, arguments: list[str], message: str) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert message in answer.err
    assert "Traceback" not in answer.err


def test_an_empty_selection_says_so_with_exit_code_1(run: Run) -> None:
    answer = run("winners", "aster-2", "cygnus", "--sources", "borealis-card", "--format", "json")
    assert (answer.code, answer.json) == (1, [])
    assert "no score of these models" in answer.err


def test_what_cannot_be_told_is_counted_on_stderr(run: Run) -> None:
    answer = run("list", "models", "-w", "total_params__lt=100B", "--format", "json")
    assert list(answer.json) == ["aster-mini"]
    assert "1 more cannot be told" in answer.err


def test_base_checkpoints_are_ranked_where_asked_for(run: Run, tmp_path: Path) -> None:
    more = tmp_path / "base.yaml"
    more.write_text(
        "models: {aster-2-base: {name: Aster 2 Base, developer: aster, base: true}}\n"
        "results: [{model: aster-2-base, source: lab-run, scores: {exam: 40}}]\n",
        encoding="utf-8",
    )
    asked = ("ranking", "exam", "--extend", str(more), "--format", "json")
    assert "aster-2-base" not in run(*asked).out
    assert "borealis-1" not in run(*asked, "--base").out
    assert "aster-2-base" in run(*asked, "--base").out


def test_many_problems_in_the_way_are_told_in_part(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("models: {" + ", ".join(f"m-{n}: {{nmae: x}}" for n in range(50)) + "}", encoding="utf-8")
    asked = run("list", on=str(bad))
    assert len(asked.err.splitlines()) == 21
    assert re.search(r"^\d+ problems, the first 20 here; `stackcompare check PATH` tells all$", asked.err, re.MULTILINE)
    assert len(run("check", str(bad)).out.splitlines()) >= 50


def test_check_finds_problems_with_exit_code_1(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(ASTER.replace("developer: aster\n", "developer: astre\n", 1))
    text = run("check", str(bad))
    assert text.code == 1
    assert f"{bad.as_posix()}:15:16: unknown organization 'astre'; did you mean 'aster'?" in text.out
    github = run("check", str(bad), "--format", "github")
    assert github.out.startswith(f"::error file={bad.as_posix()},line=15,col=16::unknown organization")
    assert run("check", str(bad), "--format", "json").json[0]["line"] == 15
    good = run("check", str(tmp_path / "aster.yaml"))
    assert good.code == 0
    assert "no problems: 4 models" in good.out


def test_broken_private_data_stop_a_command_with_every_problem(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("results:\n- {model: aster-9, source: lab-run, scores: {exma: 1}}\n")
    answer = run("compare", "aster-2", "borealis-1", "--extend", str(bad))
    assert answer.code == 1
    assert answer.out == ""
    assert "unknown benchmark 'exma'; did you mean 'exam'?" in answer.err
    missing = run("compare", "aster-2", "borealis-1", "--extend", "absent.yaml")
    assert "absent.yaml:1:1: no such file or folder" in missing.err


def test_the_schema_goes_to_a_file_or_says_why_not(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "schema.json"
    assert run("schema", "-o", str(target)).code == 0
    assert json.loads(target.read_text())["title"] == "stackcompare data file"
    answer = run("schema", "-o", str(tmp_path / "absent" / "schema.json"))
    assert answer.code == 2
    assert "cannot write" in answer.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(run: Run, shell: str) -> None:
    assert "_STACKCOMPARE_COMPLETE" in run("completion", shell).out


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = "from stackcompare.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_output_to_a_pipe_has_no_colour_and_keeps_to_the_width() -> None:
    for width in (40, 80, 200):
        found = program("list", "benchmarks", COLUMNS=str(width))
        assert found.returncode == 0, found.stderr
        assert "\x1b" not in found.stdout
        assert max(map(len, found.stdout.splitlines())) <= width


def test_colour_is_forced_and_forbidden_by_the_usual_variables() -> None:
    assert "\x1b[" in program("list", "stacks", FORCE_COLOR="1").stdout
    assert "\x1b[3" not in program("list", "stacks", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_a_closed_pipe_is_silent() -> None:
    code = "from stackcompare.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "list", "results", "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_an_output_that_cannot_hold_a_character_replaces_it() -> None:
    found = program("list", "stacks", PYTHONIOENCODING="ascii")
    assert (found.returncode, found.stderr) == (0, "")
    assert "----------" in found.stdout


def test_marks_stay_apart_in_an_output_that_cannot_hold_them() -> None:
    models = ("nemotron-3-super-120b-a12b", "gpt-oss-120b")
    card = ("-b", "mmlu-pro,aime-2025", "--sources", "nemotron-3-super-card-bf16")
    said = program("winners", *models, *card, PYTHONIOENCODING="ascii").stdout
    assert "* 83.73 [1]" in said
    assert "o 92.50 [1]" in said
    assert "+- 0.96" in said
    assert "?" not in said


@pytest.mark.parametrize(
    "command", [["--help"], ["list", "sources"], ["list", "results", "--format", "csv"]], ids=" ".join
)
def test_a_reader_that_is_gone_from_the_start_is_no_failure(command: list[str]) -> None:
    code = "import time; time.sleep(0.3); from stackcompare.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_full_disk_is_one_message() -> None:
    code = "from stackcompare.cli import main; main()"
    with open("/dev/full", "w") as full:
        found = subprocess.run(
            [sys.executable, "-c", code, "list", "stacks"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (found.returncode, found.stderr) == (2, "stackcompare: cannot write the output: No space left on device\n")


def test_an_empty_option_is_no_option(run: Run) -> None:
    for option in (["--sources", ","], ["-b", ","], ["--extend", ""], ["--data", ""]):
        answer = run("winners", "aster-2", "borealis-1", *option)
        assert answer.code == 2
        assert "is given" in answer.err or "names nothing" in answer.err


def test_export_says_which_option_is_missing_or_out_of_place(run: Run) -> None:
    out_of_place = {
        "model-index": ("--retrieved", "2026-03-13"),
        "eval-results": ("--retrieved", "2026-03-13"),
        "every-eval-ever": ("--dataset", "quiz=org/quiz:default"),
    }
    for kind, option in out_of_place.items():
        answer = run("export", kind, "aster-2", *option)
        assert (answer.code, answer.out) == (2, "")
        assert option[0] in answer.err
        assert kind in answer.err


def test_completion_goes_on_after_a_comma(monkeypatch: pytest.MonkeyPatch) -> None:
    found = program(
        _STACKCOMPARE_COMPLETE="bash_complete", COMP_WORDS="stackcompare winners a b -b mmlu-pro,hl", COMP_CWORD="5"
    )
    assert "plain,mmlu-pro,hle" in found.stdout


REPORT = ["report", "aster-2", "--no-charts"]


def test_report_is_written_in_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    starts = {"a.html": "<!doctype html>", "a.md": "# Aster 2 against", "a.txt": "Aster 2 against", "a.json": "{"}
    for name, start in starts.items():
        answer = run(*REPORT, "-o", str(tmp_path / name))
        assert (answer.code, answer.out) == (0, "")
        assert answer.err == f"written: {tmp_path / name}\n"
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_report_on_a_screen_says_what_a_file_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    answer = run(*REPORT)
    assert answer.code == 0
    assert answer.err == ""
    assert "\x1b" not in answer.out
    assert max(map(len, answer.out.splitlines())) <= 40
    for heading in ("Aster 2 against Borealis 1", "1. The answer", "4. Benchmarks", "Sources"):
        assert heading in answer.out


def test_report_takes_lists_of_names_and_rules(run: Run) -> None:
    held = run("report", "aster-2,aster-mini", "--versus", "borealis-1", "--strict", "--format", "json").json
    assert [side["key"] for side in held["subject"]] == ["aster-2", "aster-mini"]
    assert [side["key"] for side in held["rivals"]] == ["borealis-1"]
    markdown = run(*REPORT, "--confidence", "0.8", "--sources", "aster-card", "--format", "markdown").out
    assert "noise at 80 % confidence" in markdown
    assert "only from aster-card" in markdown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody"], "nor is it a competitor"),
        ([""], "no value is given"),
        (["aster-2", "--versus", ""], "no value is given"),
        (["aster-2", "--versus", "aster-2"], "would be compared with itself"),
        (["aster-2[reasoning=low]"], "no result of 'aster-2' says reasoning=low"),
        (["aster-2", "--prefer", "gossip"], "no evidence 'gossip'"),
        (["aster-2", "--confidence", "1"], "confidence"),
        (["aster-2", "--sources", "nowhere"], "nowhere"),
        (["aster-mini", "--slack", "-1"], "slack"),
    ],
)
def test_report_refuses_in_one_line_and_leaves_nothing(
    run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    before = sorted(os.listdir(tmp_path))
    answer = run("report", *arguments, "-o", str(tmp_path / "new.html"))
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert sorted(os.listdir(tmp_path)) == sorted({*before, "aster.yaml"})


def test_report_keeps_an_existing_file_without_force(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.md"
    path.write_text("old\n")
    refused = run(*REPORT, "-o", str(path))
    assert refused.code == 2
    assert "--force" in refused.err
    assert path.read_text() == "old\n"
    assert run(*REPORT, "-o", str(path), "--force").code == 0
    assert path.read_text(encoding="utf-8").startswith("# Aster 2")
    assert run(*REPORT, "-o", str(tmp_path)).code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_report_into_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    data = tmp_path / "aster.yaml"
    data.write_text(ASTER, encoding="utf-8")
    code = "from stackcompare.cli import main; main()"
    command = [sys.executable, "-c", code, "report", "aster-2", "--data", str(data), "--format", "html", "--no-charts"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_check_reports_what_a_curator_would_look_at(run: Run, tmp_path: Path) -> None:
    answer = run("check", str(tmp_path / "aster.yaml"), "--report")
    assert answer.code == 0
    assert "aster-mini" in answer.out
    values = run("check", str(tmp_path / "aster.yaml"), "--report", "--format", "json").json
    assert values["evidence"]["secondary"] == 1


@pytest.mark.parametrize("name", ["folder", "folder/", "new/", "."])
def test_a_folder_is_told_apart_from_a_name_without_an_ending(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    answer = run("report", "aster-2", "-o", f"{tmp_path}/{name}")
    assert answer.code == 2
    assert "it is a folder; add the name of a file" in answer.err


def test_the_name_of_a_written_file_does_nothing_to_a_terminal(run: Run, tmp_path: Path) -> None:
    answer = run("list", "models", "-o", str(tmp_path / "\x1b[31mred\nname.md"))
    assert answer.code == 0
    assert answer.err.endswith("\\x1b[31mred name.md\n")
    assert "\x1b" not in answer.err


def test_one_model_is_counted_as_one(run: Run, tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    one.write_text("organizations: {lab: {name: Lab}}\nmodels: {mini: {name: Mini, developer: lab}}\n")
    assert run("check", str(one)).out == "no problems: 1 model, 0 benchmarks, 0 results, 0 sources\n"


@pytest.mark.parametrize(
    ("given", "said"), [((",",), "name at least one"), (("aster-2", "--versus", " "), "leave the option")]
)
def test_nothing_between_commas_says_what_to_give(run: Run, given: tuple[str, ...], said: str) -> None:
    answer = run("report", *given)
    assert answer.code == 2
    assert said in answer.err
    assert ("leave" in answer.err) is ("--versus" in given)
