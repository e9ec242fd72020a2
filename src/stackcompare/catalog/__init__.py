"""The catalogue: records by id, results, who says what, and where sources disagree."""

from stackcompare.catalog.catalog import Catalog, Contribution, load
from stackcompare.catalog.citations import Citation, Citations
from stackcompare.catalog.conflicts import Conflict, ConflictClaim, Conflicts
from stackcompare.catalog.evidence import Evidence
from stackcompare.catalog.records import Records
from stackcompare.catalog.results import Results

__all__ = [
    "Catalog",
    "Citation",
    "Citations",
    "Conflict",
    "ConflictClaim",
    "Conflicts",
    "Contribution",
    "Evidence",
    "Records",
    "Results",
    "load",
]
