"""How long five million scores take to decide, and fifty million in a Parquet file, against DuckDB.

500 models, 10,000 groups named by a code, columns low, high and standard error. Floor: DuckDB's one-pass query over the
same rows in memory, which finds the leader and whether another interval reaches it, but no runner-up, margin or noise.
Goal: at most three times that. `--big` adds 50 million rows from Parquet, which must take at most 13 times what 5
million take (ten times the rows; the margin is for noise), and needs 2 GiB of disk for a moment.

`above data` is what the process held beyond what it held when the data were loaded.
"""

import tempfile
from pathlib import Path

from harness import Case, Measured, arguments, measure, run, table, verdict

MODELS, GROUPS = 500, 10_000

CLOCK = """
import json, pathlib, sys, time
import numpy as np
folder = sys.argv[1]
status = pathlib.Path("/proc/self/status")  # Linux only: elsewhere nothing is told
def held(what):
    if not status.exists():
        return float("nan")
    return int(status.read_text().split(what + ":")[1].split()[0]) / 1024
def begin():
    if status.exists():
        pathlib.Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    return held("VmRSS")
def load(name):
    return np.load(f"{folder}/{name}.npy")
"""
TELL = """
found = {"groups": groups, "leaders": leaders, "contested": contested}
print(json.dumps({"compute": took * 1000, "above": above} | found))
"""
OURS = """
from stackcompare.analysis.vectorized import LEAD, WIN, decide_groups
from stackcompare.analysis import vectorized
group, model, low, high = map(load, ("group", "model", "low", "high"))
MORE
before = begin()
start = time.perf_counter()
decided = decide_groups(group, low, high, **more)
took = time.perf_counter() - start
above = held("VmHWM") - before
groups, contested = len(decided.group), int((decided.runner_up < 0).sum())
alone = decided.runner_up >= 0
leaders = int(model[decided.leader[alone]].sum(dtype=np.int64))
"""
FRAME = """
import pandas as pd
from stackcompare.analysis.large import decide_frame
frame = pd.DataFrame({name: load(name) for name in ("group", "model", "low", "high", "standard_error")})
if "text" in sys.argv:
    for name in ("group", "model"):
        frame[name] = (name + " " + pd.Series(np.arange(10_000).astype(str))).to_numpy()[frame[name]]
before = begin()
start = time.perf_counter()
decided = decide_frame(frame, "group", model="model")
took = time.perf_counter() - start
above = held("VmHWM") - before
groups, contested = len(decided), int(decided["outcome"].isin(["undecided", "tie"]).sum())
named = decided["leader"][decided["runner_up"].notna()]
leaders = int(named.str.split(" ").str[1].astype(int).sum() if "text" in sys.argv else named.astype(int).sum())
"""
PARQUET = """
from stackcompare.analysis.large import decide_parquet
before = begin()
start = time.perf_counter()
decided = decide_parquet(sys.argv[2], "group", model="model")
took = time.perf_counter() - start
above = held("VmHWM") - before
groups, contested = len(decided), int(decided["outcome"].isin(["undecided", "tie"]).sum())
leaders = int(decided["leader"][decided["runner_up"].notna()].astype(int).sum())
"""
WRITE = f"""
import sys
import numpy as np, pyarrow as pa, pyarrow.parquet as pq
folder, millions = sys.argv[1], int(sys.argv[2])
rng, writer = np.random.default_rng(7), None
for start in range(0, millions, 5):
    count = min(5, millions - start) * 1_000_000
    low = rng.random(count) * 90
    columns = {{
        "group": rng.integers(0, {GROUPS}, count, dtype=np.int32),
        "model": rng.integers(0, {MODELS}, count, dtype=np.int16),
        "low": low, "high": low + rng.random(count) * 0.05, "standard_error": 0.01 + rng.random(count) * 0.1,
    }}
    piece = pa.table(columns)
    writer = writer or pq.ParquetWriter(f"{{folder}}/{{millions}}.parquet", piece.schema, compression="zstd")
    writer.write_table(piece, row_group_size=500_000)
    if millions <= 5:
        for name, column in columns.items():
            np.save(f"{{folder}}/{{name}}.npy", column)
writer.close()
"""
"""Run in a process of its own: a child's peak begins at what its parent holds."""
QUERY = """
select "group", arg_max(model, low) as winner,
  case when (max(high, 2))[1] = arg_max(high, low) then (max(high, 2))[2] else (max(high, 2))[1] end >= max(low)
    as contested
from {source} group by all"""
DUCKDB = f"""
import duckdb
connection = duckdb.connect()
connection.execute("set enable_progress_bar = false")
source = f"read_parquet('{{sys.argv[2]}}')"
if "memory" in sys.argv:
    connection.execute(f"create table rows as select * from {{source}}")
    source = "rows"
before = begin()
start = time.perf_counter()
found = connection.execute('''{QUERY}'''.format(source=source)).fetchnumpy()
took = time.perf_counter() - start
above = held("VmHWM") - before
contested = found["contested"].astype(bool)
groups, contested, leaders = len(contested), int(contested.sum()), int(found["winner"][~contested].sum(dtype=np.int64))
"""


def tell(found: dict[str, Measured], floor: str) -> None:
    """Print the cases, and stop where two answers differ."""
    answers = {tuple(one.stages[name] for name in ("groups", "leaders", "contested")) for one in found.values()}
    assert len(answers) == 1, {name: one.stages for name, one in found.items()}
    least = found[floor].stages["compute"]
    table(
        ["engine", "compute ms", "÷ floor", "whole ms", "peak MiB", "above data MiB"],
        [
            [name, one.stages["compute"], one.stages["compute"] / least, one.wall, one.peak, one.stages["above"]]
            for name, one in found.items()
        ],
    )
    groups, leaders, contested = answers.pop()
    print(f"one answer: {groups:.0f} groups, {contested:.0f} contested, models that lead sum up to {leaders:.0f}\n")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--big", action="store_true", help="also 50 million rows from Parquet")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stackcompare-benchmark-") as temporary:
        five, fifty = (str(Path(temporary) / f"{millions}.parquet") for millions in (5, 50))
        run("writing rows", Case(WRITE, [temporary, "5"]))

        def ours(more: str) -> Case:
            return Case(CLOCK + OURS.replace("MORE", f"more = {more}") + TELL, [temporary])

        error = '"standard_error": load("standard_error")'
        floor = "duckdb, memory, one pass (floor)"
        cases = {
            floor: Case(CLOCK + DUCKDB + TELL, [temporary, five, "memory"]),
            "decide_groups, standard errors": ours(f"{{{error}}}"),
            "decide_groups, noise unknown": ours("{}"),
            "decide_groups, items": ours('{"items": 100_000, "scale": 100}'),
            "decide_groups, lower is better": ours(f'{{{error}, "better": "lower"}}'),
            "decide_frame, codes": Case(CLOCK + FRAME + TELL, [temporary]),
            "decide_frame, ids as text": Case(CLOCK + FRAME + TELL, [temporary, "text"]),
        }
        lower = cases.pop("decide_groups, lower is better")
        found = measure(cases | {"lower": lower}, options.runs)
        turned = found.pop("lower")
        print("5 million rows")
        tell(found, floor)
        least = found[floor].stages["compute"]
        ratio = turned.stages["compute"] / least
        print(f'the same with `better="lower"`: {turned.stages["compute"]:.0f} ms, {ratio:.2f} of the floor\n')
        for name in ("decide_groups, standard errors", "decide_frame, codes", "decide_frame, ids as text"):
            verdict(f"{name}, over DuckDB", found[name].stages["compute"] / least, 3)
        if options.big:
            run("writing more rows", Case(WRITE, [temporary, "50"]))
            read = {
                millions: {
                    "duckdb, Parquet, one pass (floor)": Case(CLOCK + DUCKDB + TELL, [temporary, path]),
                    "decide_parquet, standard errors": Case(CLOCK + PARQUET + TELL, [temporary, path]),
                }
                for millions, path in ((5, five), (50, fifty))
            }
            every = measure(
                {f"{millions} {name}": case for millions, each in read.items() for name, case in each.items()},
                options.runs,
            )
            for millions, each in read.items():
                print(f"{millions} million rows from Parquet")
                tell({name: every[f"{millions} {name}"] for name in each}, "duckdb, Parquet, one pass (floor)")
            name = "decide_parquet, standard errors"
            growth = every[f"50 {name}"].stages["compute"] / every[f"5 {name}"].stages["compute"]
            verdict("50 over 5 million rows from Parquet", growth, 13)
            verdict("peak memory of 50 million rows", every[f"50 {name}"].peak, 1024, "MiB")


if __name__ == "__main__":
    main()
