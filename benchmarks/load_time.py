"""How long `load()` takes: the bundled data, and invented catalogues of 8,000 and 80,000 results.

Floor: a process that runs `from pydantic import BaseModel`. Goals: `load()` of 8,000 results, as a wheel installs them
(a compiled snapshot beside the YAML, whose hash is taken), under 100 ms and 1.7 times the floor; 80,000 results, with
ten times the models and documents, at most 13 times that. `load` is the call in a process that has imported the
package; `whole` is the process. The YAML path, which a checkout takes, and validating every record are told beside.
"""

from harness import PYDANTIC, Case, arguments, installed, measure, table, verdict

LOAD = """
import json, sys, time
import stackcompare
from stackcompare import Catalog
snapshot = "yaml" not in sys.argv
start = time.perf_counter()
if snapshot:
    catalog = stackcompare.load()
else:
    from stackcompare.loading import bundled_store
    catalog = Catalog(bundled_store(snapshot=False))
loaded = time.perf_counter()
took = "yaml" not in sys.modules
if "all" in sys.argv:
    start = loaded
    assert list(catalog.results)
    for kind in ("models", "benchmarks", "sources", "organizations"):
        assert list(catalog.section(kind).values())
    loaded = time.perf_counter()
print(json.dumps({"load": (loaded - start) * 1000, "results": len(catalog.results), "snapshot": int(took)}))
"""


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--no-yaml", action="store_true", help="leave the slow YAML path of 80,000 results out")
    options = parser.parse_args()
    with installed(None, 8_000, 80_000) as (bundled, small, large):
        cases = {
            "pydantic.BaseModel (floor)": Case(PYDANTIC),
            "bundled, snapshot": Case(LOAD, package=bundled),
            "bundled, YAML": Case(LOAD, ["yaml"], bundled),
            "8,000, snapshot": Case(LOAD, package=small),
            "8,000, validating all": Case(LOAD, ["all"], small),
            "8,000, YAML": Case(LOAD, ["yaml"], small),
            "80,000, snapshot": Case(LOAD, package=large),
        }
        if not options.no_yaml:
            cases["80,000, YAML"] = Case(LOAD, ["yaml"], large)
        found = measure(cases, options.runs)
    floor = found["pydantic.BaseModel (floor)"].wall
    rows = []
    for name, one in found.items():
        load = one.stages.get("load")
        path = {None: "", 0: "YAML", 1: "snapshot"}[one.stages.get("snapshot")]
        count = int(one.stages.get("results", 0)) or ""
        rows.append([name, path, count, load or "", load / floor if load else "", one.wall, one.wall / floor, one.peak])
    table(["process", "path taken", "results", "load ms", "÷ floor", "whole ms", "÷ floor", "peak MiB"], rows)
    small_load = found["8,000, snapshot"].stages["load"]
    verdict("load() of the bundled data over the floor", found["bundled, snapshot"].stages["load"] / floor, 1.7)
    verdict("load() of 8,000 results over the floor", small_load / floor, 1.7)
    verdict("load() of 8,000 results", small_load, 100, "ms")
    verdict("80,000 over 8,000 results", found["80,000, snapshot"].stages["load"] / small_load, 13)
    if "80,000, YAML" in found:
        ratio = found["80,000, YAML"].stages["load"] / found["8,000, YAML"].stages["load"]
        verdict("80,000 over 8,000 results, YAML", ratio, 13)


if __name__ == "__main__":
    main()
