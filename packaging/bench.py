"""Bench: run every benchmark in a process of its own and print it beside its floor and limit.

A benchmark is a file tests/benchmarks/bench_*.py with `run()`, which returns a list of
{"name", "measured", "floor", "ratio", "limit", "unit"}. Where there is a floor the limit bounds the ratio
to it, else (or with "bound": "measured") the limit bounds what was measured. A benchmark without a limit
is only printed.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "benchmarks"
HEADS = ("what", "measured", "floor", "ratio", "limit", "")
Row = dict[str, Any]


def main() -> int:
    """Run the benchmarks whose names contain one of the given words; 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "words", nargs="*", help="only benchmarks whose file name contains one of these"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document instead of a table"
    )
    parser.add_argument("--one", nargs=2, metavar=("FILE", "RESULT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        Path(args.one[1]).write_text(json.dumps(load(Path(args.one[0]))), encoding="utf-8")
        return 0
    files = [f for f in sorted(FOLDER.glob("bench_*.py")) if wanted(f, args.words)]
    rows: list[Row] = []
    failed: list[str] = []
    for file in files:
        found = measure(file)
        rows += found or []
        failed += [file.name] if found is None else []
    print(json.dumps(rows, indent=1) if args.json else table(rows))
    return conclude(rows, failed)


def wanted(file: Path, words: list[str]) -> bool:
    """Say whether a benchmark was asked for."""
    return not words or any(word in file.stem for word in words)


def load(file: Path) -> list[Row]:
    """Import one benchmark and run it."""
    sys.path.insert(0, str(ROOT))
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise ImportError(file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    rows: list[Row] = module.run()
    return rows


def measure(file: Path) -> list[Row] | None:
    """Run one benchmark in a fresh process, so that none warms the caches of the next."""
    print(f"measuring {file.stem.removeprefix('bench_')} ...", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "rows.json"
        command = [sys.executable, __file__, "--one", str(file), str(result)]
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, check=False, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr
        )
        if done.returncode or not result.exists():
            return None
        rows: list[Row] = json.loads(result.read_text(encoding="utf-8"))
        return rows


def is_within(row: Row) -> bool:
    """Say whether a measurement keeps its limit."""
    limit = row.get("limit")
    if limit is None:
        return True
    return bool((row["ratio"] if bounds_ratio(row) else row["measured"]) <= limit)


def bounds_ratio(row: Row) -> bool:
    """Say whether the limit of a measurement is one of its ratio to the floor."""
    return row.get("floor") is not None and row.get("bound", "ratio") == "ratio"


def table(rows: list[Row]) -> str:
    """Return the measurements in columns."""
    lines = [HEADS, *(cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True)),
            ]
        ).rstrip()
        for line in lines
    )


def cells(row: Row) -> tuple[str, ...]:
    """Return the texts of one line."""
    unit = row.get("unit", "")
    floor, ratio, limit = row.get("floor"), row.get("ratio"), row.get("limit")
    bound = "" if limit is None else f"{limit:g}x" if bounds_ratio(row) else f"{limit:g} {unit}"
    return (
        str(row["name"]),
        f"{row['measured']:.2f} {unit}",
        "" if floor is None else f"{floor:.2f} {unit}",
        "" if ratio is None else f"{ratio:.2f}x",
        bound,
        "ok" if is_within(row) else "OVER",
    )


def conclude(rows: list[Row], failed: list[str]) -> int:
    """Print what went wrong and return the exit code."""
    over = [str(row["name"]) for row in rows if not is_within(row)]
    if failed:
        print("could not be measured:", ", ".join(failed), file=sys.stderr)
    if over:
        print("over the limit:", ", ".join(over), file=sys.stderr)
    if not rows:
        print("there was nothing to measure", file=sys.stderr)
    return 1 if failed or over or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
