"""How long one question takes of a loaded catalogue of 8,000 results: a model by id and alias, its results.

Floor: none; a look-up in a dict. Goal: under 2 ms each, but for a misspelt name,
which is held against every name and has no goal. The first question of a kind builds its index and defines the
records' validators; the warm figure is the median of 200 repetitions with other names.
"""

from harness import Case, arguments, installed, measure, table, verdict

QUERY = """
import json, statistics, time
import stackcompare
catalog = stackcompare.load()
models, sources = list(catalog.models), list(catalog.sources)
model = lambda n: models[n * 7 % len(models)]
alias = lambda n: ("maker {1:02} MODEL {0} bf16" if n % 2 else "M{0:.5}").format(
    model(n).removeprefix("model-"), n * 7 % len(models) % 40
)
test = lambda n: f"test-{n % 150:03}"
questions = {
    "model by id": lambda n: catalog.models[model(n)],
    "model by alias": lambda n: catalog.model(aliases[n]),
    "model by near spelling": lambda n: catalog.model("modl " + model(n).removeprefix("model-")),
    "results of a model on a benchmark": lambda n: catalog.results_of(model(n), test(n)),
    "benchmarks of a model": lambda n: catalog.benchmarks_of(model(n)),
    "who says a fact": lambda n: catalog.cite(model(n), "active_params"),
    "a document": lambda n: catalog.sources[sources[n]],
}
aliases = [alias(n) for n in range(201)]
stages = {}
for name, ask in questions.items():
    times = []
    for n in range(201):
        start = time.perf_counter()
        ask(n)
        times.append((time.perf_counter() - start) * 1000)
    stages["first " + name], stages["warm " + name] = times[0], statistics.median(times[1:])
print(json.dumps(stages))
"""


def main() -> None:
    options = arguments(__doc__).parse_args()
    with installed(8_000) as (home,):
        stages = measure({"query": Case(QUERY, package=home)}, options.runs)["query"].stages
    names = [name.removeprefix("warm ") for name in stages if name.startswith("warm ")]
    table(
        ["question", "first ms", "warm ms"],
        [[name, stages[f"first {name}"], f"{stages[f'warm {name}']:.3f}"] for name in names],
    )
    judged = [name for name in names if "near" not in name]
    for name in judged:
        verdict(f"{name}, first", stages[f"first {name}"], 2, "ms")
    verdict("the slowest, warm", max(stages[f"warm {name}"] for name in judged), 2, "ms")


if __name__ == "__main__":
    main()
