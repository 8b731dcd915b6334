"""The command line as a whole: usage, languages, refusals, faults, and no window."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit import __version__
from fieldkit.cli import is_command
from fieldkit.cli.call import Call, as_seen
from fieldkit.cli.main import run as run_call
from fieldkit.core.i18n import Words
from fieldkit.system.paths import Paths


def test_version_and_help_are_told(run):
    assert run("--version").out.strip() == f"fieldkit {__version__}"
    said = run("--help")
    assert said.code == 0
    for word in ("demo", "engagement", "score", "bundle", "doctor"):
        assert word in said.out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("engagement",),
        ("engagement", "frobnicate"),
        ("engagement", "list", "--frobnicate"),
        ("engagement", "new"),
        ("score", "--model", "x"),
        ("report", "results", "--format", "exe", "-o", "x"),
        ("bundle", "export", "--preset", "everybody", "-o", "x"),
        ("bundle", "verify"),
        ("--home",),
    ],
)
def test_wrong_usage_ends_with_two_and_says_how_on_the_error_line(run, arguments):
    said = run(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert "usage:" in said.err


def test_common_options_stand_before_or_after_the_command(run, home):
    before = run("--home", home, "--json", "engagement", "list")
    after = run("engagement", "list", "--json", "--home", home)
    assert before.code == after.code == 0
    assert before.json == after.json
    assert before.json[0]["agency"] == "Lindmoor Regional Police Service"


def test_an_unknown_language_is_wrong_usage(run, home):
    said = run("engagement", "list", "--home", home, "--lang", "tlh")
    assert said.code == 2
    assert said.err.startswith("E_LANGUAGE: ")


def test_a_refusal_speaks_the_language_asked_for(run, tmp_path):
    english = run("backup", "--home", tmp_path / "none")
    other = run("backup", "--home", tmp_path / "none", "--lang", "qps-long")
    assert english.code == other.code == 3
    assert english.err.startswith("E_NO_DATA: There is no fieldkit data")
    assert other.err.startswith("E_NO_DATA: [")
    assert not (tmp_path / "none").exists()


def test_a_fault_of_ours_is_told_in_short_and_ends_with_four(capsys, tmp_path):
    def broken(call: Call) -> int:
        raise ZeroDivisionError(call.paths.home)

    args = argparse.Namespace(run=broken, json=False)
    code = run_call(Call(args, Words(), Paths.at(tmp_path)))
    said = capsys.readouterr()
    assert code == 4
    assert said.out == ""
    assert "ZeroDivisionError" in said.err
    assert "test_main.py" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), False),
        (("--sample",), False),
        (("file.fkb",), False),
        (("languages.fkb",), False),
        (("--home", "backup"), False),
        (("--pictures", "demo", "--sample"), False),
        (("--home", "x", "doctor"), True),
        (("demo", "--out", "x"), True),
        (("--json", "engagement", "list"), True),
        (("--version",), True),
        (("-h",), True),
        (("--self-test", "--home", "x"), True),
    ],
)
def test_a_window_opens_only_where_no_command_is_named(given, expected):
    assert is_command(given) is expected


def test_signs_that_steer_a_screen_are_printed_as_nothing_of_the_kind(run, tmp_path):
    assert as_seen("a\x1b[2Jb\u202ec\nd") == "a\ufffd[2Jb\ufffdc\nd"
    run("engagement", "new", "--agency", "\x1b[31mred\u202e", "--home", tmp_path)
    said = run("engagement", "list", "--home", tmp_path)
    assert "\x1b" not in said.out
    assert "red" in said.out


def test_no_command_needs_qt(home: Path, tmp_path: Path):
    code = (
        "import sys\n"
        "sys.modules['PySide6'] = None\n"
        "from fieldkit.__main__ import main\n"
        f"sys.exit(main(['demo', '--out', {str(tmp_path / 'out')!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
