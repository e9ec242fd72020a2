"""How long `import stackcompare` takes, against a process that defines one pydantic model.

Floor: `from pydantic import BaseModel` and one class with one field, which any library of pydantic records must pay.
Goal: at most 1.3 times that, with neither pandas, rich, yaml nor numpy loaded. Names are imported on first use, so the
second line shows what the records cost once they are asked for.
"""

from harness import FIRST_MODEL, PYTHON, Case, arguments, installed, measure, table, verdict

HEAVY = ("pandas", "rich", "yaml", "numpy")
CHECK = f"\nimport sys\nloaded = [name for name in {HEAVY} if name in sys.modules]\nassert not loaded, loaded"


def main() -> None:
    options = arguments(__doc__).parse_args()
    with installed(200) as (home,):
        cases = {
            "python": Case(PYTHON),
            "one pydantic model (floor)": Case(FIRST_MODEL),
            "import stackcompare": Case("import stackcompare" + CHECK, package=home),
            "... and two records": Case("import stackcompare as s\ns.Result, s.Model" + CHECK, package=home),
            "... and load": Case("import stackcompare\nstackcompare.load" + CHECK, package=home),
        }
        found = measure(cases, options.runs)
    floor = found["one pydantic model (floor)"].wall
    table(
        ["process", "wall ms", "÷ floor", "peak MiB"],
        [[name, one.wall, one.wall / floor, one.peak] for name, one in found.items()],
    )
    verdict("import stackcompare over one model", found["import stackcompare"].wall / floor, 1.3)
    print(f"not loaded: {', '.join(HEAVY)}")


if __name__ == "__main__":
    main()
