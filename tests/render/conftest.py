"""A small synthetic catalogue, and snapshots that are rewritten with STACKCOMPARE_REWRITE=1."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import stackcompare as sc

HERE = Path(__file__).parent
CATALOGUE = HERE / "catalogue.yaml"


@pytest.fixture(scope="session")
def catalog() -> sc.Catalog:
    with contextlib.chdir(HERE):  # so that places are named alike wherever the checkout stands
        return sc.load([CATALOGUE.name])


@pytest.fixture(scope="session")
def comparison(catalog: sc.Catalog) -> sc.Comparison:
    return catalog.compare("aster-2-120b-a12b", "birch-large-122b-a10b", "cedar-oss-120b", "dahlia-closed")


@pytest.fixture
def same_as() -> Callable[[str, str], None]:
    """Compare a text with a stored one, exactly."""

    def check(name: str, text: str) -> None:
        path = HERE / "snapshots" / name
        if os.environ.get("STACKCOMPARE_REWRITE"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"no snapshot {name}; run with STACKCOMPARE_REWRITE=1"
        assert text == path.read_text(encoding="utf-8")

    return check
