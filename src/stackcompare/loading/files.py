"""Which files are read: the bundled data, or what a caller names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from stackcompare.errors import DataError, Problem, SelectionError

StrPath = str | os.PathLike[str]


class File(NamedTuple):
    """A data file and the name it is shown under."""

    path: Path
    name: str


def bundled_folder() -> Path:
    """Return the folder of the bundled data: beside the package in a wheel, beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"


def files_in(folder: Path, name: str) -> list[File]:
    """Return every YAML file below a folder, in order of name; hidden ones are left out.

    Raises `DataError` for a folder that cannot be read.
    """
    found: list[File] = []
    problems: list[Problem] = []

    def unreadable(error: OSError) -> None:
        place = Path(error.filename or folder)
        problems.append(Problem(place.as_posix(), 1, 1, f"cannot be read: {error.strerror}; check its permissions"))

    for here, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        for file in names:
            if file.endswith((".yaml", ".yml")) and not file.startswith("."):
                path = Path(here, file)
                found.append(File(path, f"{name}/{path.relative_to(folder).as_posix()}"))
    if problems:
        raise DataError(problems)
    return sorted(found, key=lambda file: file.name)


def bundled_files() -> list[File]:
    """Return the files of the bundled data; raise `DataError` where there are none."""
    folder = bundled_folder()
    files = files_in(folder, "data")
    if not files:
        raise DataError([Problem("data", 1, 1, "the bundled data are not there; install the package again")])
    return files


def as_paths(paths: object) -> list[StrPath]:
    """Return one path or several as a list; raise `SelectionError` for what is none."""
    several = paths if isinstance(paths, Iterable) and not isinstance(paths, (str, os.PathLike)) else [paths]
    found: list[StrPath] = []
    for path in several:
        if not isinstance(path, (str, os.PathLike)):
            raise SelectionError(f"{repr(path)[:80]} is no path; name a file or a folder, or several in a list")
        found.append(path)
    return found


def files_of(paths: StrPath | Iterable[StrPath]) -> list[File]:
    """Return the files that paths name: a file itself, a folder's YAML files; each once.

    Raises `DataError` for every path that is not there and every folder that holds no YAML, `SelectionError` for what
    is no path.
    """
    problems: list[Problem] = []
    found: dict[str, File] = {}
    for given in as_paths(paths):
        path, name = Path(given), Path(given).as_posix()
        try:
            inside = files_in(path, name) if path.is_dir() else None
            there = path.exists()
        except DataError as error:
            problems += error.problems
            continue
        except (OSError, ValueError) as error:
            problems.append(Problem(name[:200], 1, 1, f"cannot be read: {error}; check the path"))
            continue
        if inside is None and not there:
            problems.append(Problem(name, 1, 1, "no such file or folder; check the path"))
        elif inside is not None and not inside:
            problems.append(Problem(name, 1, 1, "no YAML file in this folder; name one that ends in .yaml"))
        for file in [File(path, name)] if inside is None and there else inside or []:
            found.setdefault(os.path.realpath(file.path), file)
    if problems:
        raise DataError(problems)
    return list(found.values())


def bundled_fingerprint() -> str:
    """Return the fingerprint of the bundled data and of the code that reads them: a snapshot fits both or neither."""
    package = Path(__file__).resolve().parents[1]
    code = [
        File(path, f"{part}/{path.name}") for part in ("loading", "records") for path in (package / part).glob("*.py")
    ]
    return fingerprint([*bundled_files(), *code])


def fingerprint(files: Iterable[File]) -> str:
    """Return a SHA-256 over names and contents: equal exactly when the data are.

    Raises `DataError` for a file that cannot be read.
    """
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        try:
            content = file.path.read_bytes()
        except OSError as error:
            message = f"cannot be read: {error.strerror}; check the path and its permissions"
            raise DataError([Problem(file.name, 1, 1, message)]) from error
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
