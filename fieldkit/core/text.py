"""Long text: proposing one text from two that came from a common start, paragraph by paragraph.

A proposal is only shown; nothing is written before a person accepts it (exchange.md section 7).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, LEFT, RIGHT, BOTH, CLASH = "same", "left", "right", "both", "clash"
GONE, NEW = "gone", "new"
MOST_PARAGRAPHS = 2_000
MOST_BYTES = 1024 * 1024
MOST_WORDS = 4_000

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of paragraphs: how it stands in the start and on both sides, and what is proposed.

    `mark` says who changed it: nobody (same), one side, both in the same way, or both differently
    (clash); then `text` is None and a person chooses.
    """

    mark: str
    base: str
    left: str
    right: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The two texts side by side in chunks, and the one text proposed where none clashes."""

    chunks: tuple[Chunk, ...]

    @property
    def clean(self) -> str | None:
        """The proposed text, or None where the sides clash."""
        parts = [chunk.text for chunk in self.chunks]
        whole = [part for part in parts if part]
        return None if None in parts else "".join(_joined(whole))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text and the white space after it, up to the next line that says something."""

    body: str
    tail: str

    @property
    def text(self) -> str:
        """The paragraph as it was typed."""
        return self.body + self.tail


_Run = Sequence[Paragraph]


def propose(base: str, left: str, right: str) -> Proposal | None:
    """Compare two texts with their common start; None where they are too long to compare."""
    if max(len(t.encode("utf-8", "replace")) for t in (base, left, right)) > MOST_BYTES:
        return None
    start, one, two = (paragraphs(t) for t in (base, left, right))
    if max(map(len, (start, one, two))) > MOST_PARAGRAPHS:
        return None
    return Proposal(tuple(_chunks(start, one, two)))


def proposal(bases: Sequence[str], heads: Sequence[str]) -> Proposal | None:
    """Propose one text for two heads; with several common starts only where all agree.

    None means side by side only: no start is held, there are more heads, or the starts disagree.
    """
    if len(heads) != 2:
        return None
    found = [propose(base, heads[0], heads[1]) for base in sorted(set(bases))]
    whole = [p for p in found if p is not None]
    if not whole or len(whole) < len(found):
        return None
    texts = {p.clean for p in whole}
    agreed = len(texts) == 1 and None not in texts
    return whole[0] if len(whole) == 1 or agreed else None


def words_marked(old: str, new: str) -> list[tuple[str, str]]:
    """Return both texts as runs marked same, gone or new, word by word, for display."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return _runs([(GONE, old), (NEW, new)])
    marked: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            marked.append((SAME, "".join(before[a:b])))
        else:
            marked += [(GONE, "".join(before[a:b])), (NEW, "".join(after[c:d]))]
    return _runs(marked)


def _runs(marked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(mark, text) for mark, text in marked if text]


def paragraphs(text: str) -> list[Paragraph]:
    """Split a text into paragraphs; blank lines belong to the one before."""
    found: list[Paragraph] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        body = line.rstrip()
        tail = line[len(body) :]
        if found and not body:
            last = found.pop()
            found.append(Paragraph(last.body, last.tail + tail))
        else:
            found.append(Paragraph(body, tail))
    return found


def _chunks(base: _Run, left: _Run, right: _Run) -> Iterator[Chunk]:
    in_left, in_right = _places(base, left), _places(base, right)
    at = (0, 0, 0)
    for b in range(len(base)):
        if b in in_left and b in in_right:
            stop = (b, in_left[b], in_right[b])
            yield from _changed(*_between((base, left, right), at, stop))
            yield _judged([base[b]], [left[stop[1]]], [right[stop[2]]])
            at = (b + 1, stop[1] + 1, stop[2] + 1)
    end = (len(base), len(left), len(right))
    yield from _changed(*_between((base, left, right), at, end))


def _places(base: _Run, side: _Run) -> dict[int, int]:
    matcher = SequenceMatcher(None, _bodies(base), _bodies(side), autojunk=False)
    blocks = matcher.get_matching_blocks()
    return {a + n: b + n for a, b, size in blocks for n in range(size)}


def _between(
    runs: tuple[_Run, _Run, _Run], start: tuple[int, int, int], stop: tuple[int, int, int]
) -> tuple[_Run, _Run, _Run]:
    base, left, right = (run[a:b] for run, a, b in zip(runs, start, stop, strict=True))
    return base, left, right


def _changed(base: _Run, left: _Run, right: _Run) -> Iterator[Chunk]:
    """Yield what became of a run without a common paragraph; pair off runs of equal length."""
    if not (base or left or right):
        return
    whole = _judged(base, left, right)
    if whole.mark == CLASH and len(base) == len(left) == len(right) > 1:
        for b, one, two in zip(base, left, right, strict=True):
            yield _judged([b], [one], [two])
    else:
        yield whole


def _judged(base: _Run, left: _Run, right: _Run) -> Chunk:
    old, one, two = (_text(run) for run in (base, left, right))
    if _bodies(left) == _bodies(right):
        mark = SAME if _bodies(left) == _bodies(base) else BOTH
        return Chunk(mark, old, one, two, _settled(old, one, two))
    if _bodies(left) == _bodies(base):
        return Chunk(RIGHT, old, one, two, two)
    if _bodies(right) == _bodies(base):
        return Chunk(LEFT, old, one, two, one)
    return Chunk(CLASH, old, one, two, None)


def _text(run: _Run) -> str:
    return "".join(p.text for p in run)


def _bodies(run: _Run) -> list[str]:
    return [p.body for p in run]


def _settled(base: str, left: str, right: str) -> str:
    """Return which of two texts that differ in white space only is taken."""
    if left == base:
        return right
    if right == base:
        return left
    return max(left, right, key=lambda t: (len(t), t))


def _joined(parts: list[str]) -> Iterator[str]:
    """Yield the parts; a part that ended its text without a line end gets one before the next."""
    for number, part in enumerate(parts, 1):
        yield part
        if number < len(parts) and "\n" not in part[len(part.rstrip()) :]:
            yield "\n"
