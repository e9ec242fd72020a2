"""Check what the built sdist and wheel hold: `check_packages.py FOLDER DATA`."""

import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath


def main(folder: str, data: str) -> int:
    """Return 0 where both packages hold what they should and nothing else, 1 otherwise."""
    (wheel,) = Path(folder).glob("*.whl")
    (sdist,) = Path(folder).glob("*.tar.gz")
    bundled = {path.as_posix() for path in Path(data).rglob("*.yaml")}
    problems = []

    with zipfile.ZipFile(wheel) as archive:
        held = {info.filename for info in archive.infolist() if info.file_size or info.filename.endswith("py.typed")}
    wanted = {"stackcompare/py.typed", "stackcompare/snapshot.jsonl", *(f"stackcompare/{name}" for name in bundled)}
    problems += [f"{wheel.name} lacks {name}" for name in sorted(wanted - held)]
    problems += [
        f"{wheel.name} holds {name}"
        for name in sorted(held)
        if not (name.startswith("stackcompare/") or ".dist-info/" in name) or "__pycache__" in name
    ]
    for licence in ("LICENSE", "LICENSE-DATA"):
        if not any(name.endswith(f".dist-info/licenses/{licence}") for name in held):
            problems.append(f"{wheel.name} lacks {licence}")

    with tarfile.open(sdist) as archive:
        held = {"/".join(PurePosixPath(name).parts[1:]) for name in archive.getnames()}
    wanted = {"pyproject.toml", "hatch_build.py", "bootstrap.py", "README.md", "LICENSE", "LICENSE-DATA", *bundled}
    problems += [f"{sdist.name} lacks {name}" for name in sorted(wanted - held)]
    problems += [f"{sdist.name} holds {name}" for name in sorted(held) if name.endswith("snapshot.jsonl")]

    print("\n".join(problems) or f"{wheel.name} and {sdist.name} hold what they should, {len(bundled)} data files each")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
