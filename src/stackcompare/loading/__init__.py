"""From files to records: YAML with its places, the curator's shorthand, every check, and the compiled snapshot."""

from __future__ import annotations

from collections.abc import Iterable

from stackcompare.loading.files import StrPath, bundled_files, bundled_fingerprint, files_of
from stackcompare.loading.snapshot import from_snapshot, snapshot_path
from stackcompare.loading.store import Origin, Store

__all__ = ["Origin", "Store", "StrPath", "bundled_store", "read_store"]


def bundled_store(*, snapshot: bool = True) -> Store:
    """Return the bundled data: from the compiled snapshot where it fits them, else from the YAML."""
    if snapshot and (store := from_snapshot(snapshot_path(), bundled_fingerprint())) is not None:
        return store
    # Imported when needed: a process that finds a snapshot never loads YAML.
    from stackcompare.loading.reading import read_files

    return read_files(bundled_files(), None)


def read_store(paths: StrPath | Iterable[StrPath], *, base: Store | None = None) -> Store:
    """Return what files and folders hold, laid over `base` where one is given.

    Raises `DataError` with every problem.
    """
    from stackcompare.loading.reading import read_files

    return read_files(files_of(paths), base)
