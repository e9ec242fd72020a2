"""Files: the form that an ending asks for, and a write that leaves the whole file or nothing."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stackcompare as sc
from stackcompare.errors import OutputError
from stackcompare.render.files import write
from stackcompare.shown import FORMATS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions and devices of POSIX")


def refused(path: Any, content: str | bytes = "new\n", *, force: bool = False) -> str:
    with pytest.raises(OutputError) as caught:
        write(path, content, force=force)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_text_is_written_as_utf8_with_its_line_ends(tmp_path: Path) -> None:
    write(tmp_path / "new.md", "ä\n模\r\n")
    assert (tmp_path / "new.md").read_bytes() == "ä\n模\r\n".encode()
    assert os.listdir(tmp_path) == ["new.md"]


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write(str(tmp_path / "new.bin"), b"\x00\xff\r\n")
    assert (tmp_path / "new.bin").read_bytes() == b"\x00\xff\r\n"


def test_half_a_character_is_written_out(tmp_path: Path) -> None:
    write(tmp_path / "new.md", "a\ud800b")
    assert (tmp_path / "new.md").read_text() == "a\\ud800b"


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    write(tmp_path / "new.md", "x")
    (tmp_path / "other").touch()
    assert (tmp_path / "new.md").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_an_existing_file_is_kept_without_force(tmp_path: Path) -> None:
    path = tmp_path / "old.md"
    path.write_text("old\n")
    said = refused(path)
    assert said == f"cannot write '{path}': it exists; choose another name, or say force=True (--force)"
    assert path.read_text() == "old\n"
    assert os.listdir(tmp_path) == ["old.md"]


def test_an_existing_file_is_replaced_with_force_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old.md"
    path.write_text("old\n")
    path.chmod(0o640)
    write(path, "new\n", force=True)
    assert (path.read_text(), path.stat().st_mode & 0o777, os.listdir(tmp_path)) == ("new\n", 0o640, ["old.md"])


def test_force_needs_no_file_to_be_there(tmp_path: Path) -> None:
    write(tmp_path / "new.md", "new\n", force=True)
    assert (tmp_path / "new.md").read_text() == "new\n"


def no_links(*_: object, **__: object) -> None:
    raise PermissionError(errno.EPERM, "no hard links on this disk")


@pytest.mark.parametrize("hard_links", [True, False])
def test_a_file_that_appears_while_writing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hard_links: bool
) -> None:
    path = tmp_path / "race.md"
    monkeypatch.setattr(os, "fsync", lambda _: path.write_text("theirs\n"))
    if not hard_links:
        monkeypatch.setattr(os, "link", no_links)
    assert "it exists" in refused(path)
    assert (path.read_text(), os.listdir(tmp_path)) == ("theirs\n", ["race.md"])


def test_disks_without_hard_links_are_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", no_links)
    write(tmp_path / "new.md", "new\n")
    assert ((tmp_path / "new.md").read_text(), os.listdir(tmp_path)) == ("new\n", ["new.md"])


def test_a_failed_rename_without_hard_links_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "replace", no_links)
    assert "permission is denied" in refused(tmp_path / "new.md")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "your quota"), (errno.EIO, "Input/output error")],
)
def test_a_failing_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str, force: bool
) -> None:
    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    assert said in refused(tmp_path / "new.md", force=force)
    assert os.listdir(tmp_path) == []


def test_an_interrupted_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "new.md", "new\n")
    assert os.listdir(tmp_path) == []


def test_a_file_that_may_not_grow_so_large_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "old.md"
    path.write_text("old\n")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OutputError, match="may not grow so large"):
            write(path, "x" * 5000, force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (path.read_text(), os.listdir(tmp_path)) == ("old\n", ["old.md"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "stackcompare-test", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk of its own may be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_keeps_the_old_file_and_takes_no_half_new_one(small_disk: Path, force: bool) -> None:
    old = small_disk / "old.md"
    old.write_text("old\n")
    said = refused(old if force else small_disk / "new.md", "x" * 200_000, force=force)
    assert "the disk is full; free some space" in said
    assert (old.read_text(), os.listdir(small_disk)) == ("old\n", ["old.md"])


def test_a_disk_that_can_only_be_read_says_so(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert "can only be read; choose another place" in refused(small_disk / "new.md")


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder that this process may not write to: root, whom permissions do not stop, stops being root."""
    folder = Path(tempfile.mkdtemp())
    (folder / "old.md").write_text("old\n")
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        try:
            os.seteuid(65534)
        except OSError:
            pytest.skip("root, whom permissions do not stop, may not become another user here")
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["new.md", "old.md"])
def test_a_folder_without_permission_says_so(read_only: Path, name: str) -> None:
    said = refused(read_only / name, force=True)
    assert said == f"cannot write '{read_only / name}': permission is denied; choose another place"
    assert os.listdir(read_only) == ["old.md"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "no file can be called so"),
        ("a\0b.md", "no file can be called so"),
        ("\ud800.md", "no file can be called so"),
        ("x" * 300 + ".md", "its name is too long; choose a shorter one"),
        ("missing/new.md", "there is no folder '{folder}/missing'; make it first, or choose another"),
        ("file.md/new.md", "'{folder}/file.md' is no folder; choose one that is"),
        ("folder", "it is a folder; add the name of a file"),
        ("folder/", "it is a folder; add the name of a file"),
        ("new/", "it is a folder; add the name of a file"),
        ("circle.md", "its links lead in a circle; choose another name"),
        ("\x1b[31mred\nname/new.md", "there is no folder"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("force", [False, True])
def test_a_place_where_no_file_can_be_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str, force: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.md").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle.md").symlink_to("circle.md")
    before = sorted(os.listdir(tmp_path))
    message = refused(name, force=force)
    assert said.format(folder=tmp_path) in message
    assert "\x1b" not in message
    assert len(message) < 600
    assert sorted(os.listdir(tmp_path)) == before


def test_an_existing_file_is_named_before_what_else_would_fail(read_only: Path) -> None:
    assert "it exists" in refused(read_only / "old.md")


def test_a_link_is_kept_and_what_it_leads_to_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "real.md", tmp_path / "link.md"
    link.symlink_to(real)
    assert "it exists" in refused(link)  # although it leads nowhere yet
    write(link, "one\n", force=True)
    write(link, "two\n", force=True)
    assert link.is_symlink()
    assert real.read_text() == "two\n"
    assert os.listdir(tmp_path / "there") == ["real.md"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_device_says_so() -> None:
    assert "the disk is full" in refused("/dev/full")


def test_a_device_is_sent_to_and_stays(tmp_path: Path) -> None:
    write("/dev/null", "x" * 100_000)
    assert not os.path.isfile("/dev/null")


def test_a_pipe_is_sent_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write(pipe, "new\n")
        assert reader.communicate()[0] == b"new\n"
    assert pipe.is_fifo()


def test_a_socket_is_left_alone(tmp_path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(tmp_path / "s"))
        assert "no file but a device or a socket" in refused(tmp_path / "s", force=True)
    assert (tmp_path / "s").is_socket()


# Forms


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending not in {".svg", ".png", ".pdf"}])
def test_every_ending_is_saved(ending: str, comparison: sc.Comparison, tmp_path: Path) -> None:
    if (package := {".xlsx": "xlsxwriter", ".parquet": "pyarrow"}.get(ending)) is not None:
        pytest.importorskip(package, reason="this form needs an extra")
    path = tmp_path / f"answer{ending.upper()}"
    comparison.save(path)
    made = path.read_bytes()
    comparison.save(path, force=True)
    assert path.read_bytes() == made
    if ending not in {".xlsx", ".parquet"}:
        assert made.endswith(b"\n")
        assert not made.endswith(b"\n\n")


def test_a_page_stands_alone(comparison: sc.Comparison, tmp_path: Path) -> None:
    comparison.save(tmp_path / "answer.html")
    page = (tmp_path / "answer.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="en"><meta charset="utf-8">')
    assert comparison.to_html() in page
    assert f"<title>{comparison.to_table().title}</title>" in page


def test_the_title_of_a_page_is_escaped() -> None:
    from stackcompare.render import whole_page

    assert "<title>&lt;/title&gt;&lt;script&gt;\\u202e &amp;</title>" in whole_page(
        "", title="</title><script>\u202e\n&"
    )


def test_a_saved_csv_begins_with_a_byte_order_mark_and_a_printed_one_does_not(
    comparison: sc.Comparison, tmp_path: Path
) -> None:
    comparison.save(tmp_path / "answer.csv")
    assert (tmp_path / "answer.csv").read_bytes().decode("utf-8") == "\ufeff" + comparison.to_csv()
    assert not comparison.to_csv().startswith("\ufeff")


@pytest.mark.parametrize("name", ["answer.doc", "answer", "answer.svg", ".html", "answer.\x1b[31m"])
def test_an_unknown_ending_lists_those_that_fit(name: str, catalog: sc.Catalog, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"of a Records; end the name with \.html, .*\.csv") as caught:
        catalog.sources.save(tmp_path / name)
    assert "\x1b" not in str(caught.value)
    assert os.listdir(tmp_path) == []
