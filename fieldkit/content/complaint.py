"""Complaint: what is wrong in a content file, in which line, and how to put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import Words


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault of one file; `text` and `cure` are source texts with named placeholders."""

    file: str
    line: int
    text: str
    cure: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def say(self, words: Words) -> str:
        """Return "file:line: what is wrong. What to do." in a language."""
        said = words(self.text, **self.values)
        cure = words(self.cure, **self.values)
        return f"{self.file}:{self.line}: {said} {cure}"

    def __str__(self) -> str:
        return self.say(Words())


class ContentError(UserError):
    """Content that cannot be used; holds every complaint, the message shows the first."""

    def __init__(self, folder: Path, complaints: Sequence[Complaint]) -> None:
        """Keep the complaints and say how many there are."""
        super().__init__(
            "E_CONTENT",
            N_(
                "The content in {folder} cannot be used; faults found: {count}. "
                "The first is {first} Correct the file, or install the program again."
            ),
            folder=folder.name,
            count=len(complaints),
            first=str(complaints[0]),
        )
        self.complaints = tuple(complaints)
