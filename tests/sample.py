"""A small catalogue of invented models, in the shapes that real data take."""

from pathlib import Path

ASTER = (Path(__file__).parent / "aster.yaml").read_text(encoding="utf-8")
