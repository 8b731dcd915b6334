"""The builder's own tools: finding libraries, judging measurements, the make commands."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def load(name: str) -> ModuleType:
    path = ROOT / "packaging" / name
    spec = importlib.util.spec_from_file_location(f"packaging_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system libraries are looked for on Linux only"
)
def test_a_library_that_is_nowhere_is_missed_and_a_present_one_is_not() -> None:
    libraries = load("linux/libraries.py")
    assert libraries.loads("libc.so.6")
    assert not libraries.loads("libfieldkit-of-nowhere.so.9")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system libraries are looked for on Linux only"
)
def test_the_message_names_what_is_missing_and_the_package_that_brings_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    load("linux/libraries.py").tell({"libfieldkit-of-nowhere.so.9": "libfieldkit9"})
    said = capsys.readouterr().err
    assert "libfieldkit-of-nowhere.so.9" in said
    assert "libfieldkit9" in said


@pytest.mark.parametrize(
    ("floor", "measured", "ratio", "holds"),
    [
        (1.0, 1.5, 1.5, True),
        (1.0, 3.0, 3.0, False),
        (None, 1.9, None, True),
        (None, 2.1, None, False),
    ],
)
def test_a_limit_bounds_the_ratio_where_there_is_a_floor_and_else_what_was_measured(
    floor: float | None, measured: float, ratio: float | None, holds: bool
) -> None:
    bench = load("bench.py")
    row = {
        "name": "start",
        "measured": measured,
        "floor": floor,
        "ratio": ratio,
        "limit": 2.0,
        "unit": "ms",
    }
    assert bench.is_within(row) is holds
    assert bench.table([row]).endswith("ok" if holds else "OVER")


def test_sizes_name_the_longest_function(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "".join(f"    x = {n}\n" for n in range(70))
    (tmp_path / "long.py").write_text(f'"""Long."""\n\n\ndef endless():\n{body}', encoding="utf-8")
    sizes = load("sizes.py")
    sizes.show("function", list(sizes.measure(tmp_path)))
    said = capsys.readouterr().out
    assert "71  endless" in said
    assert "over the longest we aim at" in said


def test_make_lists_every_command_people_are_told_of() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = {
        line.split()[0:2][1]
        for line in done.stdout.splitlines()
        if line.strip().startswith("make ")
    }
    told = {"run", "test", "check", "strings", "freeze", "bench", "mutants", "clean", "hooks"}
    assert told <= listed
