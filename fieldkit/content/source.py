"""Source: one content file as text and as a tree, and the lines things stand in."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fieldkit.content.complaint import Complaint
from fieldkit.core.errors import N_

LONGEST_FILE = 4_000_000
LINE_OF_ERROR = re.compile(r"\(at line (\d+)")
HEADER = re.compile(r"^\[", re.MULTILINE)

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place inside a file: the n-th table of a name, a key in it, a text in its list."""

    table: str = ""
    index: int = 0
    key: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The text and the tree of one file; the tree is empty where the text could not be read."""

    name: str
    text: str = ""
    tree: Tree = field(default_factory=dict)

    def line(self, spot: Spot) -> int:
        """Return the line a spot stands in, or the nearest one above it that can be found."""
        start, end = self._block(spot)
        if spot.key:
            found = re.compile(rf"^\s*{re.escape(spot.key)}\s*=", re.MULTILINE).search(
                self.text, start, end
            )
            start = found.end() if found else start
        if spot.text:
            at = self.text.find(spot.text, start, end)
            start = at if at >= 0 else start
        return self.text.count("\n", 0, start) + 1

    def _block(self, spot: Spot) -> tuple[int, int]:
        """Return where the table of a spot begins and ends."""
        start = 0
        if spot.table:
            name = re.escape(spot.table)
            heads = list(re.finditer(rf"^\[\[?{name}\]\]?", self.text, re.MULTILINE))
            if spot.index >= len(heads):
                return 0, len(self.text)
            start = heads[spot.index].end()
        following = HEADER.search(self.text, start)
        return start, following.start() if following else len(self.text)

    def complain(self, spot: Spot, text: str, cure: str, **values: str | int) -> Complaint:
        """Return a complaint about a spot of this file."""
        return Complaint(self.name, self.line(spot), text, cure, values)


def read_source(path: Path, name: str) -> tuple[Source, list[Complaint]]:
    """Read one file; what cannot be read comes back as complaints and an empty tree."""
    try:
        data = path.read_bytes()
    except OSError as why:
        return Source(name), [
            Complaint(
                name,
                1,
                N_("The file cannot be read ({why})."),
                N_("Check that it exists and may be opened."),
                {"why": why.strerror or type(why).__name__},
            )
        ]
    if len(data) > LONGEST_FILE:
        return Source(name), [
            Complaint(
                name,
                1,
                N_("The file is longer than {limit} bytes."),
                N_("Split it into several files."),
                {"limit": LONGEST_FILE},
            )
        ]
    return parse_source(data, name)


def parse_source(data: bytes, name: str) -> tuple[Source, list[Complaint]]:
    """Parse the bytes of one file."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as why:
        line = data.count(b"\n", 0, why.start) + 1
        return Source(name), [
            Complaint(
                name, line, N_("The file is not UTF-8 text."), N_("Save it in the encoding UTF-8.")
            )
        ]
    try:
        return Source(name, text, tomllib.loads(text)), []
    except tomllib.TOMLDecodeError as fault:
        at = LINE_OF_ERROR.search(str(fault))
        line = int(at[1]) if at else text.count("\n") + 1
        told = str(fault).split(" (at ", 1)[0]
        wrong = N_("The file is not valid TOML here ({why}).")
        cure = N_("Correct this line: quotes around texts, brackets around lists.")
        return Source(name, text), [Complaint(name, line, wrong, cure, {"why": told})]
    except RecursionError:
        line = text.count("\n", 0, text.find("[[[[")) + 1
        wrong = N_("Lists are nested too deeply here.")
        return Source(name, text), [Complaint(name, line, wrong, N_("Remove the brackets."))]
