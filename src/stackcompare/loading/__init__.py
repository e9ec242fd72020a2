"""From files to records: YAML with its places, the curator's shorthand, every check, and the compiled snapshot."""

from stackcompare.loading.files import StrPath
from stackcompare.loading.reading import bundled_store, read_store
from stackcompare.loading.store import Origin, Store

__all__ = ["Origin", "Store", "StrPath", "bundled_store", "read_store"]
