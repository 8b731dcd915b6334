"""Sizes: print the longest functions, files and classes. A mirror, not a fence."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TAIL = 8


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """One function, file or class: how long it is, what it is and where it stands."""

    lines: int
    kind: str
    name: str
    place: str


# Nine in ten should be no longer than the first number, and none longer than the second.
AIMS = {"function": (25, 60), "file": (300, 450), "class": (150, 450)}


def main() -> int:
    """Measure the package, or the folders that were named."""
    folders = [Path(name) for name in sys.argv[1:]] or [ROOT / "fieldkit"]
    pieces = sorted((p for folder in folders for p in measure(folder)), reverse=True)
    for kind in AIMS:
        show(kind, [piece for piece in pieces if piece.kind == kind])
    return 0


def measure(folder: Path) -> Iterator[Piece]:
    """Yield every file below a folder with its functions and classes."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
        yield Piece(len(text.splitlines()), "file", place, place)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                kind = "class" if isinstance(node, ast.ClassDef) else "function"
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield Piece(lines, kind, node.name, f"{place}:{node.lineno}")


def show(kind: str, pieces: list[Piece]) -> None:
    """Print one line about a kind, and what stands in its tail."""
    usual, longest = AIMS[kind]
    if not pieces:
        return
    within = sum(piece.lines <= usual for piece in pieces)
    median = pieces[len(pieces) // 2].lines
    share = 100 * within / len(pieces)
    plural = {"function": "functions", "file": "files", "class": "classes"}[kind]
    print(
        f"{len(pieces)} {plural}: median {median} lines, {share:.1f} % within {usual}, longest {pieces[0].lines}"
    )
    for piece in pieces[:TAIL]:
        if piece.lines > usual:
            mark = "  over the longest we aim at" if piece.lines > longest else ""
            label = piece.place if kind == "file" else f"{piece.name}  {piece.place}"
            print(f"  {piece.lines:>4}  {label}{mark}")


if __name__ == "__main__":
    sys.exit(main())
