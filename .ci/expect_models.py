"""Check that a printed comparison shows each of its models: `expect_models.py FILE MODEL...`."""

import sys
from pathlib import Path

import stackcompare


def main(file: str, *asked: str) -> int:
    """Return 0 where every model asked for stands in the file, by name or by id; 1 otherwise."""
    catalog = stackcompare.load()
    printed = " ".join(Path(file).read_text(encoding="utf-8").split())
    models = [model for model in asked if not model.startswith("-")]
    missing = [model for model in models if model not in printed and catalog.model(model).name not in printed]
    print(f"missing: {', '.join(missing)}" if missing else f"found: {', '.join(models)}")
    return 1 if missing or len(models) < 2 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
