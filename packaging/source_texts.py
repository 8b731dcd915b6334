"""Texts in the program's own source: what is marked for translation, and what is marked wrongly.

Reads syntax trees instead of tokens, so that nested calls and "this if so else that" are found.
"""

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ASKING = frozenset({"words", "_words"})
MARKING = frozenset({"N_"})
ERRORS = frozenset({"UserError"})


@dataclass(frozen=True, slots=True)
class Found:
    """A text to translate: one form, or singular and plural."""

    line: int
    text: str | tuple[str, str]


@dataclass(slots=True)
class Reading:
    """What one source file holds: texts to translate and faults by line."""

    texts: list[Found] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders of a text; a broken brace counts as one named '{'."""
    try:
        return frozenset(
            name for _, name, _, _ in string.Formatter().parse(text) if name is not None
        )
    except ValueError:
        return frozenset({"{"})


def read_python(path: Path) -> Reading:
    """Return the texts and faults of one Python file, in the order of its lines."""
    reading = Reading()
    visitor = Visitor(reading)
    visitor.visit(ast.parse(path.read_text("utf-8")))
    reading.texts.sort(key=lambda found: found.line)
    return reading


class Visitor(ast.NodeVisitor):
    """Walks a file and knows whether it stands inside a function."""

    def __init__(self, reading: Reading) -> None:
        """Take the reading to fill."""
        self._reading = reading
        self._depth = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Look at decorators and defaults as the module does, at the body as a function does."""
        self._visit_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Treat an asynchronous function as any other."""
        self._visit_function(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """Treat the body of a lambda as a function's."""
        self._depth += 1
        self.visit(node.body)
        self._depth -= 1

    def visit_Call(self, node: ast.Call) -> None:
        """Read a call that marks or asks for a text."""
        name = called(node)
        if name in ASKING or (name == "plural" and len(node.args) >= 2):
            self._read_asking(node, name)
        elif name in MARKING:
            self._read_marking(node)
        elif name in ERRORS:
            self._read_error(node)
        if name == "plural":
            # Its two forms are one text; marked singly they would never be found again.
            for part in (node.func, *node.args[2:], *node.keywords):
                self.visit(part)
        else:
            self.generic_visit(node)

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for outside in (*node.decorator_list, node.args, *([node.returns] if node.returns else [])):
            self.visit(outside)
        self._depth += 1
        for statement in node.body:
            self.visit(statement)
        self._depth -= 1

    def _read_asking(self, node: ast.Call, name: str) -> None:
        if self._depth == 0:
            self._blame(node, f"{name}(...) at import level is frozen in one language; use N_(...)")
        if name == "plural":
            self._read_plural(node)
            return
        for text in self._literals(node.args[0]) if node.args else ():
            self._keep(node.lineno, text)
            self._check_values(node, text, frozenset())

    def _read_plural(self, node: ast.Call) -> None:
        one, many = (self._literals(argument) for argument in node.args[:2])
        if not one or len(one) != len(many):
            self._blame(node, "plural(...) takes both forms as plain texts, side by side")
        for pair in zip(one, many, strict=False):
            self._keep(node.lineno, pair)
            for text in pair:
                self._check_values(node, text, frozenset({"n"}))

    def _read_marking(self, node: ast.Call) -> None:
        if len(node.args) != 1 or not isinstance(node.args[0], ast.Constant):
            self._blame(node, "N_(...) takes exactly one plain text")
            return
        for text in self._literals(node.args[0]):
            self._keep(node.lineno, text)

    def _read_error(self, node: ast.Call) -> None:
        told = node.args[1] if len(node.args) > 1 else None
        if isinstance(told, ast.Call) and called(told) in MARKING and told.args:
            for text in literals(told.args[0]):
                self._check_values(node, text, frozenset())

    def _literals(self, node: ast.expr) -> list[str]:
        if is_made_up(node):
            self._blame(node, "a text to translate must be one plain text, not put together")
        return literals(node)

    def _keep(self, line: int, text: str | tuple[str, str]) -> None:
        for form in (text,) if isinstance(text, str) else text:
            for name in placeholders(form):
                if not name.isidentifier():
                    self._reading.faults.append(
                        (line, f"placeholder {{{name}}} needs a plain name")
                    )
        self._reading.texts.append(Found(line, text))

    def _check_values(self, node: ast.Call, text: str, given: frozenset[str]) -> None:
        names = {keyword.arg for keyword in node.keywords}
        missing = placeholders(text) - given - names
        if None not in names and missing:
            self._blame(node, f"no value for {', '.join(sorted(missing))} in {text!r}")

    def _blame(self, node: ast.expr, text: str) -> None:
        self._reading.faults.append((node.lineno, text))


def called(node: ast.Call) -> str:
    """Return the last name of what is called: `plural` for `self.words.plural(...)`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def literals(node: ast.expr) -> list[str]:
    """Return the plain texts an expression may be."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and node.value else []
    if isinstance(node, ast.IfExp):
        return [*literals(node.body), *literals(node.orelse)]
    if isinstance(node, ast.Call) and called(node) in MARKING and node.args:
        return literals(node.args[0])
    return []


def is_made_up(node: ast.expr) -> bool:
    """Say whether a text is put together at run time out of pieces nobody could translate."""
    if isinstance(node, ast.IfExp):
        return is_made_up(node.body) or is_made_up(node.orelse)
    if isinstance(node, ast.BinOp):
        return any(literals(side) or is_made_up(side) for side in (node.left, node.right))
    return isinstance(node, ast.JoinedStr)


def python_files(root: Path) -> Iterator[Path]:
    """Yield the program's source files in a fixed order."""
    yield from sorted((root / "fieldkit").rglob("*.py"))
