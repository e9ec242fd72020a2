from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import stackcompare as sc
from stackcompare.loading.located import DEEPEST, MOST_BYTES, Located, read_text


def problems(text: str | bytes) -> list[str]:
    _, found = read_text(text.encode() if isinstance(text, str) else text, "f.yaml")
    return [str(problem) for problem in found]


def test_numbers_keep_their_digits() -> None:
    value, found = read_text(b"a: 86.70\nb: 12\nc: '1.10'\nd: 12B\ne: ~77.5\n", "f.yaml")
    assert not found
    assert value is not None
    assert [str(value[key]) for key in "abcde"] == ["86.70", "12", "1.10", "12B", "~77.5"]


@pytest.mark.parametrize(
    ("text", "place", "fix"),
    [
        ("a: ~", "f.yaml:1:4:", "about 77.5 is ~77.5"),
        ("a:", "f.yaml:1:3:", "leave the line out"),
        ("a: NO", "f.yaml:1:4:", "write 'NO'"),
        ("a: on", "f.yaml:1:4:", "write 'on'"),
        ("a: 1:20", "f.yaml:1:4:", "base 60"),
        ("a: 1_000", "f.yaml:1:4:", "write 1000"),
        ("a: 0x1F", "f.yaml:1:4:", "another base"),
        ("a: 010", "f.yaml:1:4:", "octal"),
        ("a: .inf", "f.yaml:1:4:", "no number that a source reports"),
        ("a: .nan", "f.yaml:1:4:", "no number that a source reports"),
        ("a: 1e5", "f.yaml:1:4:", "hides its digits"),
        ("a: >70", "f.yaml:1:6:", "write '>70' in quotes"),
        ("a: >=5", "f.yaml:1:5:", "write '>=5' in quotes"),
        ("a: >7\nb: 1", "f.yaml:1:4:", "write '>7' in quotes"),
        ("a: [1, >70]", "f.yaml:1:8:", "write '>70' in quotes"),
        ("a: 1\na: 2", "f.yaml:2:1:", "stands twice"),
        ("a: !!python/object:os.system x", "f.yaml:1:4:", "remove it"),
        ("a: &x [1]\nb: *x", "f.yaml:1:4:", "write the value out"),
        ("? [1]\n: 2", "f.yaml:1:3:", "a key must be a word"),
        ("a: [1", "f.yaml:", "check quotes, brackets"),
        ("a: 'x", "f.yaml:", "quote is not closed"),
        ("\ta: 1", "f.yaml:1:1:", "replace the tab"),
        ("a: @x", "f.yaml:1:4:", "must stand in quotes"),
        ("", "f.yaml:1:1:", "holds nothing"),
        ("# only a comment", "f.yaml:1:1:", "holds nothing"),
        ("- 1", "f.yaml:1:1:", "sections are wanted"),
    ],
)
def test_traps_are_refused_at_their_place_with_the_fix_named(text: str, place: str, fix: str) -> None:
    found = problems(text)
    assert len(found) == 1, found
    assert found[0].startswith(place)
    assert fix in found[0]


def test_anchors_that_blow_up_take_no_time_or_memory() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    assert any("anchors" in problem for problem in problems("\n".join(lines)))


@pytest.mark.parametrize("depth", [DEEPEST + 1, 900, 100_000])
def test_deep_nesting_is_one_message(depth: int) -> None:
    found = problems("a: " + "[" * depth + "]" * depth)
    assert len(found) == 1
    assert "nest" in found[0]


def test_a_binary_file_and_a_wrong_encoding_are_named() -> None:
    assert "UTF-8" in problems(b"a: \xff\xfe")[0]
    assert "cannot stand in a text file" in problems(b"a: \x00")[0]


def test_a_mark_at_the_start_of_the_file_is_no_trouble() -> None:
    value, found = read_text("\ufeffa: 1".encode(), "f.yaml")
    assert value == {"a": 1}
    assert not found


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as stream:
        stream.truncate(100 * 2**20)
    with pytest.raises(sc.DataError, match=f"{MOST_BYTES // 2**20} MiB is the most"):
        sc.load(path)


def test_no_permission_a_missing_file_and_an_empty_folder_are_one_message_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for none in (5, [5], None):
        with pytest.raises(sc.SelectionError, match="is no path"):
            sc.load(extend=none)  # type: ignore[arg-type]  # the mistake it is about
    with pytest.raises(sc.DataError, match="no such file or folder"):
        sc.load(tmp_path / "absent.yaml")
    with pytest.raises(sc.DataError, match="no YAML file in this folder"):
        sc.load(tmp_path)
    path = tmp_path / "locked.yaml"
    path.write_text("models: {}")

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(sc.DataError, match="Permission denied; check the path"):
        sc.load(path)


def test_a_folder_given_as_file_is_read_as_a_folder(write: Callable[..., Path], tmp_path: Path) -> None:
    write("organizations: {a: {name: A}}", "one.yaml")
    assert list(sc.load(tmp_path).organizations) == ["a"]


def test_places_survive_a_change() -> None:
    value, _ = read_text(b"a: 1\nb: 2\n", "f.yaml")
    assert isinstance(value, Located)
    assert str(value.but(b=3).problem("x", "b")) == "f.yaml:2:4: x"
