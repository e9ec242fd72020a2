"""The bundled data compiled to plain JSON, so that loading needs neither YAML nor validation.

The build makes it from the YAML and binds it to them by hash. It holds values, never code, and is never
committed; where a single byte of the YAML differs, the YAML is read instead.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pydantic_core import from_json

from stackcompare.loading.store import Origin, Store

FORMAT: Final = 1
"""Raised whenever records change so that an older snapshot no longer fits."""


def snapshot_path() -> Path:
    """Return where the snapshot lies, if it was built: inside the package."""
    return Path(__file__).resolve().parents[1] / "snapshot.json"


def compiled(store: Store, fingerprint: str) -> bytes:
    """Return a store as JSON, bound to the data that it was made from."""
    head = {"format": FORMAT, "fingerprint": fingerprint}
    return json.dumps(head | store.dump(), ensure_ascii=False, separators=(",", ":")).encode()


def from_snapshot(path: Path, fingerprint: str) -> Store | None:
    """Return the store that a snapshot holds, or `None` where it is missing, unfit or made from other data."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if f'"fingerprint":"{fingerprint}"'.encode() not in data[:200]:
        return None
    held: dict[str, Any] = from_json(data, cache_strings="all")
    if held["format"] != FORMAT:
        return None
    origins = {
        section: {key: _origin(origin) for key, origin in entries.items()}
        for section, entries in held["origins"].items()
    }
    return Store(held["sections"], held["results"], origins)


def _origin(stated: list[Any]) -> Origin:
    file, line, overridden = stated
    return Origin(file, line, None if overridden is None else _origin(overridden))
