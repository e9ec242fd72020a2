"""Whatever a file holds, loading ends in a catalogue or a `DataError`, never in another exception."""

from __future__ import annotations

import os
import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

import stackcompare as sc
from stackcompare.loading.files import bundled_folder, files_in
from tests.sample import ASTER

CASES = int(os.environ.get("STACKCOMPARE_FUZZ_CASES", "150"))
"""Mutated copies of bundled files that are tried; set the variable to try more."""

REPLACEMENTS = {
    "null": "null", "a list": "[1, two]", "a mapping": "{k: v}", "a huge number": "9" * 400, "a large float": "1e400",
    "not a number": ".nan", "infinity": ".inf", "an emoji": "\N{COLLISION SYMBOL}", "a negative": "-1", "true": "true",
    "a long text": "x" * 2**20, "nothing": "", "a bare bound": ">70", "a quote": "'", "an alias": "*x", "control": '"\\e[31m\\u202e"',
}  # fmt: skip


def loads(path: Path | list[Path]) -> sc.Catalog | sc.DataError:
    """Load, and return the catalogue or the error; anything else is raised."""
    try:
        return sc.load(path)
    except sc.DataError as error:
        assert error.problems
        assert all(problem.line >= 1 and problem.message for problem in error.problems)
        return error


def scalars(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether it is a key, for every scalar of a YAML text."""

    def walk(node: yaml.Node, key: bool) -> Iterator[tuple[int, int, bool]]:
        if isinstance(node, yaml.ScalarNode):
            yield node.start_mark.index, node.end_mark.index, key
        elif isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                yield from walk(name, True)
                yield from walk(value, False)
        else:
            for item in node.value:
                yield from walk(item, False)

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    yield from walk(root, False)


@pytest.mark.parametrize("replacement", REPLACEMENTS.values(), ids=REPLACEMENTS.keys())
def test_every_value_may_be_replaced(write: Callable[..., Path], replacement: str) -> None:
    for start, end, key in scalars(ASTER):
        if not key:
            loads(write(ASTER[:start] + replacement + ASTER[end:]))


def test_every_key_may_be_misspelt_by_a_letter(write: Callable[..., Path]) -> None:
    fields = {
        "name",
        "developer",
        "source",
        "publisher",
        "kind",
        "title",
        "unit",
        "metric",
        "domain",
        "score",
        "benchmark",
        "scores",
        "model",
    }
    for start, end, key in scalars(ASTER):
        if not key or end - start < 4:
            continue
        word = ASTER[start:end]
        found = loads(write(ASTER[: start + 1] + ASTER[start + 2] + ASTER[start + 1] + ASTER[start + 3 :]))
        if word in fields and ASTER[start + 1] != ASTER[start + 2]:
            assert isinstance(found, sc.DataError), word
            assert f"did you mean '{word}'" in str(found) or f"`{word}`" in str(found), (word, str(found))


def test_every_line_may_be_cut_or_doubled(write: Callable[..., Path]) -> None:
    lines = ASTER.splitlines(keepends=True)
    for place, line in enumerate(lines):
        for changed in (line[: len(line) // 2], line[:-2] + "\n", line * 2, "  " + line, line.strip() + "\n"):
            loads(write("".join([*lines[:place], changed, *lines[place + 1 :]])))


def mutated(text: str, chance: random.Random) -> str:
    """Return a text with one thing wrong in it."""
    lines = text.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    line = lines[place]
    match chance.randrange(8):
        case 0:
            return text[: chance.randrange(len(text))]
        case 1:
            lines[place] = line[: chance.randrange(len(line))] + "\n"
        case 2:
            lines[place] = re.sub(r":.*", lambda _: f": {chance.choice(list(REPLACEMENTS.values()))}", line, count=1)
        case 3:
            spot = chance.randrange(len(line))
            lines[place] = line[:spot] + chance.choice("abcxyz:-[]{}'\"#>~&*!|%@\t\0\x1b\u202e") + line[spot + 1 :]
        case 4:
            lines[place] = line + line
        case 5:
            del lines[place]
        case 6:
            other = chance.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
        case _:
            lines[place] = line.replace("  ", " ", 1)
    return "".join(lines)


def test_mutated_copies_of_the_bundled_files(tmp_path: Path) -> None:
    chance = random.Random(20260319)
    files = files_in(bundled_folder(), "data")
    for number in range(CASES):
        file = chance.choice(files)
        path = tmp_path / f"{number}.yaml"
        path.write_text(mutated(file.path.read_text(encoding="utf-8"), chance), encoding="utf-8")
        loads(path)
        path.unlink()


def test_a_mutated_file_among_the_bundled_ones(tmp_path: Path) -> None:
    chance = random.Random(40)
    folder = tmp_path / "data"
    shutil.copytree(bundled_folder(), folder)
    files = files_in(folder, "data")
    for _ in range(max(4, CASES // 30)):
        file = chance.choice(files)
        text = file.path.read_text(encoding="utf-8")
        file.path.write_text(mutated(text, chance), encoding="utf-8")
        loads(folder)
        file.path.write_text(text, encoding="utf-8")


def test_time_does_not_run_away(write: Callable[..., Path]) -> None:
    started = time.process_time()
    loads(write("models:\n" + "".join(f"  m{n:05}: {{nmae: x, q{n}: >}}\n" for n in range(3000))))
    loads(write("a: " + "{b: " * 900))
    loads(write("sources:\n  s: {title: " + "'" + "t" * 4_000_000 + "'}"))
    assert time.process_time() - started < 20
