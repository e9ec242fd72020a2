"""Which files are read: the bundled data, or what a caller names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from stackcompare.errors import DataError, Problem

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
    """Return every YAML file below a folder, in order of name; hidden ones are left out."""
    found: list[File] = []
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.suffix in {".yaml", ".yml"} and not any(part.startswith(".") for part in relative.parts):
            found.append(File(path, f"{name}/{relative.as_posix()}"))
    return sorted(found, key=lambda file: file.name)


def files_of(paths: StrPath | Iterable[StrPath]) -> list[File]:
    """Return the files that paths name: a file itself, a folder's YAML files; each once.

    Raises `DataError` for every path that is not there and every folder that holds no YAML.
    """
    problems: list[Problem] = []
    found: dict[Path, File] = {}
    for given in [paths] if isinstance(paths, (str, os.PathLike)) else paths:
        path, name = Path(given), Path(given).as_posix()
        try:
            inside = files_in(path, name) if path.is_dir() else None
            there = path.exists()
        except (OSError, ValueError) as error:
            problems.append(Problem(name[:200], 1, 1, f"cannot be read: {error}; check the path"))
            continue
        if inside is None and not there:
            problems.append(Problem(name, 1, 1, "no such file or folder; check the path"))
        elif inside is not None and not inside:
            problems.append(Problem(name, 1, 1, "no YAML file in this folder; name one that ends in .yaml"))
        for file in [File(path, name)] if inside is None and there else inside or []:
            found.setdefault(file.path.resolve(), file)
    if problems:
        raise DataError(problems)
    return list(found.values())


def fingerprint(files: Iterable[File]) -> str:
    """Return a SHA-256 over names and contents: equal exactly when the data are."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        content = file.path.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
