"""Compiles the data into the snapshot that the package loads, and puts both into the wheel."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface[Any]):
    """Runs before a wheel is built, an editable one too; data that do not load stop it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            written = self._compiled()
        finally:
            sys.path.remove(str(root / "src"))
        _replace(root / "src" / "stackcompare" / "snapshot.jsonl", written)
        if version == "standard":  # an editable install reads the checkout's own data
            build_data["force_include"][str(root / "data")] = "stackcompare/data"

    def _compiled(self) -> bytes:
        """Return the snapshot, or end the build with every problem of the data."""
        from stackcompare.errors import DataError
        from stackcompare.loading import bundled_store
        from stackcompare.loading.files import bundled_fingerprint
        from stackcompare.loading.snapshot import compiled

        # Taken before reading: were the data edited meanwhile, the snapshot would fit neither and lie unused.
        print_of_data = bundled_fingerprint()
        try:
            return compiled(bundled_store(snapshot=False), print_of_data)
        except DataError as error:
            self.app.abort(f"the data have problems, so no wheel is built from them:\n{error}")
            raise SystemExit(1) from None


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody loads half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".snapshot-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
