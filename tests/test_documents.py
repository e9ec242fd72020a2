"""Nothing in the README or the documents that does not run."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

import stackcompare as sc
from stackcompare.cli import main
from stackcompare.loading.files import bundled_folder
from stackcompare.records import SECTIONS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LAB = re.search(r"```yaml\n# lab.yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_python_of_a_document_runs(document: Path) -> None:
    failed, _ = doctest.testfile(str(document), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert failed == 0


def commands() -> list[str]:
    found = []
    for document in DOCUMENTS:
        for block in re.findall(r"```console\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL):
            found += [line[2:] for line in block.splitlines() if line.startswith("$ stackcompare ")]
    return found


@pytest.mark.parametrize("command", commands())
def test_a_command_of_a_document_runs(
    command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LAB is not None
    (tmp_path / "lab.yaml").write_text(LAB[1], encoding="utf-8")
    (tmp_path / "data").symlink_to(bundled_folder())
    monkeypatch.chdir(tmp_path)
    main(shlex.split(command)[1:])
    captured = capsys.readouterr()
    assert captured.out.strip()
    assert captured.err == ""


def test_the_specimen_of_every_section_loads_and_has_every_section(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "curating.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n# every-section.yaml\n(.*?)```", text, re.DOTALL)
    assert block is not None
    path = tmp_path / "every-section.yaml"
    path.write_text(block[1], encoding="utf-8")
    catalog = sc.load(path)
    assert [section for section in SECTIONS if not len(catalog.section(section))] == []
    assert len(catalog.results) == 1
