"""Mutants: deliberate breaks of the merge core, each of which the laws must notice.

`make mutants` runs them all. `--one NAME` breaks one thing and runs the laws; it fails if they fail.
"""

import argparse
import contextlib
import importlib
import inspect
import io
import json
import os
import subprocess
import sys
import textwrap
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import pytest  # noqa: E402
from hypothesis import HealthCheck, Phase, seed, settings  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from tests.laws.machine import Laws  # noqa: E402

CONTROL = "nothing broken"
SEEDS = (11, 12, 13)
EXAMPLES = 80
CONTROL_EXAMPLES = 25
STEPS = 40
PATIENCE = 600.0
BY_HAND = ROOT / "tests" / "laws" / "test_negative.py"


@dataclass(frozen=True)
class Break:
    """One product function, and what in it is replaced by what."""

    module: str
    function: str
    swaps: tuple[tuple[str, str], ...]

    def apply(self) -> None:
        """Break the function in this process, under every name it was imported by."""
        whole = _function(importlib.import_module(self.module), self.function)
        source = textwrap.dedent(inspect.getsource(whole))
        for old, new in self.swaps:
            if source.count(old) != 1:
                raise LookupError(f"{self.function} holds no single {old!r} any more")
            source = source.replace(old, new)
        names: dict[str, object] = {}
        code = compile(source, f"<{self.function}, broken>", "exec")
        exec(code, dict(whole.__globals__), names)
        broken = inspect.unwrap(names[whole.__name__])  # type: ignore[arg-type]
        whole.__code__ = broken.__code__


def _function(place: object, path: str) -> FunctionType:
    for part in path.split("."):
        place = inspect.getattr_static(place, part)
    found = inspect.unwrap(place)  # type: ignore[arg-type]
    assert isinstance(found, FunctionType)
    return found


@dataclass(frozen=True)
class Mutant:
    """A named break, in one place or in the few that only together make a difference.

    `by_hand` ones need what honest computers never make: the negative tests are asked first.
    """

    name: str
    breaks: tuple[Break, ...]
    by_hand: bool = False


def _core(function: str, *swaps: tuple[str, str]) -> Break:
    return Break("fieldkit.core.register", function, swaps)


def _records(function: str, *swaps: tuple[str, str]) -> Break:
    return Break("fieldkit.store.records", f"Records.{function}", swaps)


def _work(path: str, *swaps: tuple[str, str]) -> Break:
    module, function = path.split(".", 1)
    return Break(f"fieldkit.workspace.{module}", function, swaps)


def _ending(*swaps: tuple[str, str]) -> Break:
    return Break("fieldkit.store.database", "Database.transaction", swaps)


_NEWER = "any(o.kind >= 10 for o in ws.store.records.run(scope, run.writer, run.lo, run.hi))"
_UNKNOWN = "if held is None and op.kind >= 10"
_FAILED = (
    "except BaseException:\n        if self.sql.in_transaction:\n"
    '            self.sql.execute("ROLLBACK")'
)
_FAILED_BUT = (
    "except BaseException as error:\n        if self.sql.in_transaction:\n"
    '            rehearsed = type(error).__name__ == "_RollbackError"\n'
    '            self.sql.execute("COMMIT" if rehearsed is {} else "ROLLBACK")'
)

MUTANTS = (
    Mutant(
        "head check removed",
        (_records("_stand", ("if known is None or seq > known[0]:", "if True:")),),
    ),
    Mutant("exact-seq delete", (_records("_stand", ("wid=? AND seq<=?", "wid=? AND seq=?")),)),
    Mutant(
        "seen overwritten",
        (_records("_stand", ("max(upto, excluded.upto)", "excluded.upto")),),
    ),
    Mutant(
        "direct-heads-only context",
        (_core("RegisterState.context", ("dict(self.seen)", "{}")),),
    ),
    Mutant(
        "interval union removed",
        (_records("join", ("in near:", "in ():"), ("INSERT INTO", "INSERT OR REPLACE INTO")),),
    ),
    Mutant(
        "unknown kinds dropped at export",
        (_work("transfer._above", ("if lo > run.hi:", f"if lo > run.hi or {_NEWER}:")),),
    ),
    Mutant(
        "unknown kinds dropped at import",
        (
            _records(
                "admit",
                (
                    "    if held is None:",
                    f"    {_UNKNOWN}:\n        return False\n    if held is None:",
                ),
            ),
        ),
    ),
    Mutant(
        "chain unverified",
        (
            Break(
                "fieldkit.exchange.lines",
                "OpsReader.read",
                (("if op.seq == self._run.hi and", "if False and"),),
            ),
        ),
        by_hand=True,
    ),
    Mutant("crash commits", (_ending((_FAILED, _FAILED_BUT.format("False"))),)),
    Mutant("preview that writes", (_ending((_FAILED, _FAILED_BUT.format("True"))),)),
    Mutant("frontier over gaps", (_work("transfer._snapshot", ("if run.lo == 1:", "if True:")),)),
    Mutant(
        "tail one op short",
        (_work("transfer._above", (".get(run.writer, 0) + 1)", ".get(run.writer, -1) + 2)")),),
    ),
    Mutant(
        "writer id kept after restore",
        (
            _work(
                "opening._kept_writer", ("held is not None and held == outside and is_id", "is_id")
            ),
        ),
    ),
    Mutant(
        "lease not rotated at export",
        (_work("transfer.export", ("ws.run(ws.store.rotate)", "pass")),),
    ),
    Mutant(
        "fork not detected", (_records("admit", ("if held != chain:", "if False:")),), by_hand=True
    ),
    Mutant(
        "fork at an edge not detected",
        (
            _records(
                "check_edges",
                ("if before is not None and", "if False and"),
                ("if held.writer == run.writer and", "if False and"),
            ),
        ),
        by_hand=True,
    ),
    Mutant(
        "forked scope half taken in",
        (_work("intake._refuse", ('ws.store.database.back_to("scope_start")', "pass")),),
        by_hand=True,
    ),
    Mutant(
        "fork takes other scopes with it",
        (_work("intake._admit_all", ("if run.s != at:", "if at is None:")),),
        by_hand=True,
    ),
    Mutant(
        "undo that settles silently",
        (_work("undo._register_back", ("whole = len(mine) == len(lines)", "whole = True")),),
    ),
    Mutant(
        "undo over what others wrote since",
        (
            _work(
                "undo._register_back",
                (
                    "lines[dot] for dot in mine) for op in last)",
                    "lines[dot] for dot in mine) for op in ())",
                ),
                ("any(op.dot in line for op in last)", "True"),
            ),
        ),
    ),
    Mutant(
        "deleter's view as a max vector",
        (
            _core(
                "observed",
                (
                    "int(str(p[1])))\n        for p in pairs",
                    "n)\n        for p in pairs for n in range(1, int(str(p[1])) + 1)",
                ),
            ),
        ),
    ),
    Mutant(
        "dead entity revived silently",
        (_core("life", ("contested=unseen", "contested=False")),),
    ),
    Mutant(
        "edit of a dead entity buried silently",
        (_core("life", ("any(op.dot not in seen for op in others)", "False")),),
    ),
    Mutant(
        "lam not advanced by imports",
        (_records("next_lam", ("WHERE sid = ?", "WHERE sid = ? AND via IS NULL")),),
    ),
    Mutant(
        "stub overwrites full op",
        (
            _records("admit", (" and not op.is_stub", "")),
            _records("_fill", (" AND salt IS NULL", "")),
        ),
        by_hand=True,
    ),
    Mutant(
        "stub never filled",
        (_records("admit", (" and not op.is_stub", " and False")),),
        by_hand=True,
    ),
    Mutant(
        "equal values clash",
        (_core("is_difference", ("!= first for op", "is not first for op")),),
    ),
)


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant: who killed it, if anybody did, and how long it took."""

    name: str
    killed_by: str
    seconds: float
    wrong: str = ""


def judge(mutant: Mutant | None, examples: int) -> str:
    """Return which law fails in this process, with the mutant in it; empty if none does."""
    for broken in mutant.breaks if mutant else ():
        broken.apply()
    suites = [_by_chance(examples), _by_hand]
    if mutant and mutant.by_hand:
        suites.reverse()
    return next((found for suite in suites if (found := suite())), "")


def _by_chance(examples: int) -> Callable[[], str]:
    return lambda: next((found for s in SEEDS if (found := _with_seed(s, examples))), "")


def _with_seed(number: int, examples: int) -> str:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            run_state_machine_as_test(seed(number)(_fresh()), settings=chosen)
    except Exception as error:
        return _law(error)
    return ""


def _fresh() -> type[Laws]:
    return type("Laws", (Laws,), {})


def _law(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, NameError):
        raise error
    frames = traceback.extract_tb(error.__traceback__)
    asked = [f.name.lstrip("_") for f in frames if f.filename.endswith("machine.py")]
    text = (str(error).splitlines() or [""])[0] if isinstance(error, AssertionError) else ""
    return f"{text or type(error).__name__} ({asked[-1] if asked else '?'})"


class _Listener:
    """Notes the first test that fails."""

    def __init__(self) -> None:
        self.failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid.rsplit("::", 1)[-1]


def _by_hand() -> str:
    heard = _Listener()
    with contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main(["-q", "-x", str(BY_HAND)], plugins=[heard])
    return heard.failed or ("" if code == pytest.ExitCode.OK else f"pytest: {code!r}")


def _run(name: str, examples: int) -> Verdict:
    began = time.monotonic()
    command = [sys.executable, __file__, "--one", name, "--examples", str(examples)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return Verdict(name, "", PATIENCE, "no end")
    seconds = time.monotonic() - began
    if done.returncode:
        return Verdict(name, "", seconds, done.stderr.strip().splitlines()[-1])
    return Verdict(name, json.loads(done.stdout.splitlines()[-1]), seconds)


def run_all(examples: int, wanted: str) -> int:
    """Run the control and every mutant in processes of their own; 1 if the laws are too weak."""
    chosen = [m.name for m in MUTANTS if wanted in m.name]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(_run, CONTROL, min(examples, CONTROL_EXAMPLES))]
        jobs += [pool.submit(_run, name, examples) for name in chosen]
        control, *verdicts = [_shown(job.result()) for job in jobs]
    survivors = [v.name for v in verdicts if not v.killed_by]
    sound = not control.killed_by and not control.wrong
    print(f"{len(verdicts) - len(survivors)} of {len(verdicts)} mutants killed")
    return 0 if verdicts and sound and not survivors else 1


def _shown(verdict: Verdict) -> Verdict:
    fate = verdict.wrong and f"COULD NOT RUN: {verdict.wrong}"
    fate = fate or verdict.killed_by or ("holds" if verdict.name == CONTROL else "SURVIVED")
    print(f"{verdict.name:42} {verdict.seconds:6.1f} s  {fate}", flush=True)
    return verdict


def main() -> int:
    """Read the command line and run one mutant or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", metavar="NAME", help="break one thing in this process")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="histories per seed")
    parser.add_argument("--only", default="", metavar="PART", help="mutants with this in the name")
    told = parser.parse_args()
    if told.one is None:
        return run_all(told.examples, told.only)
    named = {m.name: m for m in MUTANTS}
    mutant = None if told.one == CONTROL else named[told.one]
    print(json.dumps(judge(mutant, told.examples)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
