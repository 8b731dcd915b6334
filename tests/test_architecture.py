"""The walls of the house: what the import contracts, the sources and the committed files promise."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "fieldkit"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TEXT_SUFFIXES = {
    ".py", ".md", ".toml", ".txt", ".in", ".sh", ".spec", ".po", ".pot", ".svg", ".json", ".cfg", ".desktop", ".xml",
}  # fmt: skip
OUR_OWN = Path(__file__).name

NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib", "socket", "socketserver",
    "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc", "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets",
}  # fmt: skip
UNSAFE_READERS = {
    "dbm",
    "dill",
    "jsonpickle",
    "marshal",
    "pickle",
    "shelve",
    "yaml",
    "xml.etree",
    "xml.sax",
}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
SHELLS = {("os", "system"), ("os", "popen"), ("os", "startfile")}
TRANSLATORS = {"words", "gettext", "ngettext", "pgettext", "npgettext", "_"}
TEXTS = {*TRANSLATORS, "_words", "plural", "content"}
FOREIGN_TEXT_WIDGETS = {"QLabel", "QMessageBox"}
# Drawn without anybody watching; asked before the event loop runs.
WITHOUT_A_LOOP = {"ui/pictures.py", "ui/start_problem.py"}
EVERYTHING = {"Exception", "BaseException"}
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3}){0,1}(?:[0-9a-fA-F]{2})?\b")
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:work|farm|root|Users|opt/pypi\w*)/|(?<![\w.])/home/(?!USER\b|\.\.\.)\w+/|[A-Z]:\\\\?Users\\"
)
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|archive\.ubuntu\.com|--index-url|--find-links \S"
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|HACK)\b")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


@cache
def nodes() -> tuple[tuple[Path, ast.AST], ...]:
    """Return every call, import, name and text worth judging, once for all tests."""
    kinds = (
        ast.Call
        | ast.Import
        | ast.ImportFrom
        | ast.Constant
        | ast.Attribute
        | ast.keyword
        | ast.ExceptHandler
    )
    found = ((path, node) for path in SOURCES for node in ast.walk(tree_of(path)))
    return tuple((path, node) for path, node in found if isinstance(node, kinds))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def is_below(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(module + ".") for module in modules)


def called(node: ast.AST) -> str:
    """Return the plain name of what a call calls: `f(..)` and `a.b.f(..)` are both f."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what runs when a module is imported: everything but the insides of functions."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, node.args]
        elif isinstance(node, ast.Lambda):
            waiting.append(node.args)
        else:
            waiting += ast.iter_child_nodes(node)


def is_translation(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    func = node.func
    owner = func.value if isinstance(func, ast.Attribute) else None
    owned = isinstance(owner, ast.Name | ast.Attribute) and name_of(owner) in {"words", "_words"}
    return (name_of(func) in TRANSLATORS and owner is None) or owned or name_of(func) == "_words"


def name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


@cache
def committed_files() -> tuple[Path, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: there are no committed files to read")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


def committed_texts() -> Iterator[tuple[Path, int, str]]:
    for path in committed_files():
        is_text = path.suffix in TEXT_SUFFIXES or path.name in {"Makefile", "run", "LICENSE"}
        if is_text and path.name != OUR_OWN:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield path, number, line


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:100]}"
        for path, number, line in committed_texts()
        if pattern.search(line)
    ]


def test_the_import_contracts_hold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    failed = lint_imports()
    assert failed == 0, capsys.readouterr().out


def test_every_contract_of_the_house_is_declared() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for contract in ("floors", "anatomy", "neighbours", "qt-free", "pure"):
        assert f'id = "{contract}"' in text


@pytest.mark.parametrize("blocked", ["PySide6", "shiboken6"])
def test_the_command_line_works_without_qt(blocked: str) -> None:
    code = f"import sys; sys.modules[{blocked!r}] = None; import fieldkit.cli, fieldkit.tools; fieldkit.tools.schema()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_command_line_loads_no_document_library_before_it_is_needed() -> None:
    code = (
        "import sys, fieldkit.cli; "
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'reportlab', 'docx', 'lxml', 'PIL', 'babel'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_nothing_of_ours_speaks_to_a_network() -> None:
    found = [f"{place(p, n)}: {m}" for p, n in nodes() for m in imported(n) if is_below(m, NETWORK)]
    assert found == []


def test_nothing_of_ours_reads_data_that_could_run() -> None:
    imports = [
        f"{place(p, n)}: {m}"
        for p, n in nodes()
        for m in imported(n)
        if is_below(m, UNSAFE_READERS)
    ]
    calls = [
        f"{place(p, n)}: {n.func.id}"
        for p, n in nodes()
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in UNSAFE_CALLS
    ]
    assert imports + calls == []


def test_nothing_of_ours_asks_a_shell() -> None:
    found = []
    for path, node in nodes():
        if isinstance(node, ast.keyword) and node.arg == "shell":
            found.append(place(path, node.value))
        if isinstance(node, ast.Attribute) and (name_of(node.value), node.attr) in SHELLS:
            found.append(place(path, node))
    assert found == []


def test_texts_are_never_translated_while_a_module_is_imported() -> None:
    found = [place(p, n) for p in SOURCES for n in at_import(tree_of(p)) if is_translation(n)]
    assert found == []


def test_translated_texts_are_never_put_together_before_translation() -> None:
    found = [
        place(path, node)
        for path, node in nodes()
        if isinstance(node, ast.Call)
        and (
            (is_translation(node) and called(node) in TEXTS) or called(node) in {"N_", "UserError"}
        )
        and any(isinstance(text, ast.JoinedStr | ast.BinOp) for text in source_texts(node))
    ]
    assert found == []


def source_texts(call: ast.Call) -> list[ast.expr]:
    """Return the texts of a call; the first argument of `words.content` is an id."""
    return call.args[1:] if called(call) == "content" else call.args


@pytest.mark.parametrize("floor", ["ui", "tools"])
def test_foreign_text_reaches_a_widget_only_through_qt_text(floor: str) -> None:
    found = [
        f"{place(path, node)}: {name}"
        for path, node in nodes()
        if path.is_relative_to(PACKAGE / floor)
        for name in imported(node)
        if name.rsplit(".", 1)[-1] in FOREIGN_TEXT_WIDGETS
    ]
    assert found == []


def test_paper_and_sqlite_have_one_door_each() -> None:
    doors = {"reportlab": "reports", "docx": "reports", "sqlite3": "store"}
    found = [
        f"{place(path, node)}: {name}"
        for path, node in nodes()
        for name in imported(node)
        for library, floor in doors.items()
        if is_below(name, {library}) and not path.is_relative_to(PACKAGE / floor)
    ]
    assert found == []


def test_colours_are_named_in_the_themes_and_on_paper_only() -> None:
    found = [
        f"{place(path, node)}: {node.value}"
        for path, node in nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HEX_COLOUR.fullmatch(node.value.strip())
        if path != PACKAGE / "reports" / "colours.py"
    ]
    assert found == []


def test_no_style_sheet_is_written_in_code() -> None:
    found = [
        place(path, node)
        for path, node in nodes()
        if isinstance(node, ast.Call) and called(node) == "setStyleSheet"
        if any(
            isinstance(arg, ast.JoinedStr) or (isinstance(arg, ast.Constant) and arg.value)
            for arg in node.args
        )
    ]
    assert found == []


def test_dialogs_never_block_and_events_are_never_pumped_by_hand() -> None:
    found = [
        f"{place(path, node)}: {called(node)}"
        for path, node in nodes()
        if called(node) == "processEvents"
        or (called(node) == "exec" and path.is_relative_to(PACKAGE) and path != PACKAGE / "app.py")
        if path.relative_to(PACKAGE).as_posix() not in WITHOUT_A_LOOP
    ]
    assert found == []


def test_no_fault_is_swallowed() -> None:
    found = []
    for path, node in nodes():
        if isinstance(node, ast.ExceptHandler):
            silent = all(isinstance(s, ast.Pass) or is_ellipsis(s) for s in node.body)
            if node.type is None or (silent and name_of(node.type) in EVERYTHING):
                found.append(place(path, node))
        if called(node) == "suppress" and isinstance(node, ast.Call):
            found += [place(path, node) for arg in node.args if name_of(arg) in EVERYTHING]
    assert found == []


def is_ellipsis(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and value.value is ...


def test_every_module_says_what_lives_there() -> None:
    mute = [p.relative_to(ROOT).as_posix() for p in SOURCES if not ast.get_docstring(tree_of(p))]
    assert mute == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {
        "utils",
        "util",
        "misc",
        "helpers",
        "helper",
        "common",
        "manager",
        "base",
        "data",
        "info",
    }
    found = [
        p.relative_to(ROOT).as_posix()
        for p in SOURCES
        if p.stem in drawers or p.parent.name in drawers
    ]
    assert found == []


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    assert hits(MACHINE_PATH) == []
    assert hits(REGISTRY) == []


def test_nothing_committed_is_left_unfinished() -> None:
    found = [
        hit
        for hit in hits(UNFINISHED)
        if hit.startswith(("fieldkit/", "packaging/", "tests/", "Makefile"))
    ]
    assert found == []


def test_nothing_committed_was_generated() -> None:
    generated = {".mo", ".pyc", ".db", ".qm", ".pdf", ".docx", ".zip", ".whl", ".exe", ".so"}
    found = [p.relative_to(ROOT).as_posix() for p in committed_files() if p.suffix in generated]
    assert [name for name in found if not name.startswith("tests/golden/")] == []


def test_tests_neither_sleep_nor_mock() -> None:
    mocks = {
        f"unittest.mock.{name}" for name in ("Mock", "MagicMock", "AsyncMock", "create_autospec")
    }
    found = [
        place(path, node)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(tree_of(path))
        if called(node) == "sleep" or mocks & set(imported(node)) or patches_ours(node)
    ]
    assert found == []


def patches_ours(node: ast.AST) -> bool:
    """Say whether a call replaces something of ours by its dotted name."""
    given = node.args if isinstance(node, ast.Call) and called(node) == "patch" else []
    return any(isinstance(a, ast.Constant) and str(a.value).startswith("fieldkit.") for a in given)


def test_both_requirement_files_are_pinned_with_hashes() -> None:
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "packaging" / "requirements" / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.M).strip())
        for entry in entries:
            assert "==" in entry, entry
            assert "--hash=sha256:" in entry, entry
