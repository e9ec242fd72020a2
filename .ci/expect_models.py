"""Check that a printed comparison names each of its models: `expect_models.py FILE MODEL...`."""

import sys
from pathlib import Path

import stackcompare


def main(file: str, *asked: str) -> int:
    """Return 0 where the name of every model asked for stands in the file, 1 otherwise."""
    catalog = stackcompare.load()
    printed = " ".join(Path(file).read_text(encoding="utf-8").split())
    names = [catalog.model(model).name for model in asked if not model.startswith("-")]
    missing = [name for name in names if name not in printed]
    print("missing: " + ", ".join(missing) if missing or len(names) < 2 else ", ".join(names))
    return 1 if missing or len(names) < 2 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
