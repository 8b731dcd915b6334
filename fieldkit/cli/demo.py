"""`fieldkit demo`: the whole main job on the sample, in two homes, without a screen.

Assess, score, print, hand over, work on in both homes, settle, and prove that both say the same.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from fieldkit.cli.bundles import FULL, parcel
from fieldkit.cli.call import Call, Json
from fieldkit.cli.menu import Menu
from fieldkit.cli.papers import results_paper, strategy_paper, write
from fieldkit.core.errors import N_, BugError, UserError
from fieldkit.core.ids import EntityId, ScopeId
from fieldkit.core.op import LIFE_FIELD, Value
from fieldkit.core.text import propose
from fieldkit.system.paths import Paths
from fieldkit.tools import schema
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.sample.operations import load_sample
from fieldkit.tools.strategy import operations as strategy
from fieldkit.workspace import intake, transfer
from fieldkit.workspace.view import Difference
from fieldkit.workspace.workspace import Workspace

QUESTION = "DAT.2"
MARK = "demo.txt"
PRIVATE = "private"
Fields = Mapping[str, Value]
State = dict[tuple[ScopeId, str, EntityId], tuple[bool, Fields]]


@dataclass(slots=True)
class Story:
    """What the demo did so far: the call, what it made, what it counted."""

    call: Call
    out: Path
    files: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int | str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def say(self, text: str, **values: str | int) -> None:
        """Tell one step."""
        self.lines.append(self.call.words(text, **values))

    def keep(self, name: str, path: Path) -> None:
        """Note one file that was made."""
        self.files[name] = str(path)
        self.say(N_("made: {file}, {size} bytes"), file=str(path), size=path.stat().st_size)


def add_to(menu: Menu) -> None:
    """Add the command of this module."""
    made = menu.command("demo", N_("do the whole main job on the sample, in two homes"), run)
    said = menu.words(N_("the folder to write into"))
    made.add_argument("--out", type=Path, metavar="DIR", required=True, help=said)


def run(call: Call) -> int:
    """Do the main job; 0 when both homes end in the same settled state."""
    out = call.args.out.resolve()
    story = Story(call, out)
    homes = fresh_homes(out)
    with home(call, homes / "first") as first, home(call, homes / "second") as second:
        found = assess(story, first)
        hand_over(story, first, second, found)
        part(first, second, found)
        settle(story, first, second, found)
        prove(story, first, second)
    document: Json = {"files": story.files, **story.counts, "equal": True}
    call.answer(document, story.lines)
    return 0


def fresh_homes(out: Path) -> Path:
    """Return an empty folder for the two homes; only an earlier demo's is replaced."""
    homes = out / "homes"
    if homes.exists():
        if not (homes / MARK).is_file():
            text = N_("{folder} is there and was not made by a demo. Choose another folder.")
            raise UserError("E_DEMO_FOLDER", text, folder=str(homes))
        shutil.rmtree(homes)
    try:
        homes.mkdir(parents=True)
        (homes / MARK).write_text("fieldkit demo\n", "utf-8")
    except OSError as error:
        text = N_("{folder} cannot be written to. Choose another folder.")
        raise UserError("E_READ_ONLY", text, folder=str(out)) from error
    return homes


@contextmanager
def home(call: Call, folder: Path) -> Iterator[Workspace]:
    """Open a home of the demo."""
    paths = replace(Paths.at(folder), shared=call.paths.shared)
    with Workspace.open(paths, schema(), label=folder.name) as ws:
        yield ws


# the first home: assess, score, print


def assess(story: Story, ws: Workspace) -> ScopeId:
    """Load the sample, score it and print its papers."""
    found = load_sample(ws, ws.paths.resources)
    scope = assessment.rounds(ws, found)[0].scope
    results = assessment.results(ws, scope, assessment.checklist_of(ws, scope))
    story.counts["questions"] = results.tally.total
    story.counts["stage"] = results.scores.evidenced.stage or ""
    story.say(
        N_("first home: {count} questions answered, stage {stage} by evidence"),
        count=results.tally.total - results.tally.unanswered,
        stage=results.scores.evidenced.stage or "-",
    )
    words = story.call.words
    paper = results_paper(ws, scope, words)
    for kind in ("pdf", "docx"):
        target = story.out / f"results.{kind}"
        write(paper, kind, target, words, ws)
        story.keep(f"results_{kind}", target)
    target = story.out / "strategy.pdf"
    write(strategy_paper(ws, plan_of(ws, found), words), "pdf", target, words, ws)
    story.keep("strategy_pdf", target)
    return found


def plan_of(ws: Workspace, found: ScopeId) -> ScopeId:
    """Return the strategy of the sample."""
    return strategy.strategies(ws, found)[0].scope


# both homes: hand over, part, settle


def hand_over(story: Story, first: Workspace, second: Workspace, found: ScopeId) -> None:
    """Export from the first home and take the bundle into the second."""
    target = send(first, found, story.out / "handed-over.fkb")
    story.keep("bundle", target)
    made = intake.preview(second, target)
    story.say(N_("second home: {changes} changes taken in"), changes=made.review.ops_new)
    intake.apply(second, made)


def send(ws: Workspace, found: ScopeId, target: Path) -> Path:
    """Export the engagement to a file."""
    chosen = [engagement.engagement(ws, found)]
    return transfer.export(ws, parcel(ws, chosen, FULL), target).path


def part(first: Workspace, second: Workspace, found: ScopeId) -> None:
    """Change the same answer and the same text in both homes, each knowing nothing of the other."""
    texts = (
        (first, 3, "Owners were named in writing last month.", 0, " Seen at two stations."),
        (second, 1, "Nobody in the room could name an owner.", -1, " The shifts said so twice."),
    )
    for ws, level, reason, paragraph, added in texts:
        scope = assessment.rounds(ws, found)[0].scope
        assessment.answer(ws, scope, QUESTION, level, reason=reason)
        plan = plan_of(ws, found)
        paragraphs = strategy.strategy(ws, plan).problem.strip().split("\n\n")
        paragraphs[paragraph] += added
        strategy.write(ws, plan, "problem", "\n\n".join(paragraphs))


def settle(story: Story, first: Workspace, second: Workspace, found: ScopeId) -> None:
    """Preview and take in at the first home, settle there, and hand the result back."""
    story.keep("worked_on", target := send(second, found, story.out / "worked-on.fkb"))
    made = intake.preview(first, target)
    differences = made.review.differences
    story.counts["differences"] = differences
    story.say(N_("first home: {count} differences to settle"), count=differences)
    intake.apply(first, made)
    while held := first.differences():
        first.settle(held[0], agreed(held[0]))
    story.keep("settled", target := send(first, found, story.out / "settled.fkb"))
    intake.apply(second, intake.preview(second, target))


def agreed(difference: Difference) -> Value:
    """Return what is agreed: the text that keeps both changes, else what came from elsewhere."""
    if difference.fld == LIFE_FIELD:
        return True
    ours, theirs = sorted(difference.versions, key=lambda version: not version.ours)[:2]
    base = difference.base[0] if difference.base else None
    parts = (base, ours.value, theirs.value)
    if difference.texts and all(isinstance(text, str) for text in parts):
        both = propose(str(base), str(ours.value), str(theirs.value))
        return (both.clean if both else None) or theirs.value
    return theirs.value


def prove(story: Story, first: Workspace, second: Workspace) -> None:
    """Compare every entity of both homes; anything unequal is a fault of ours."""
    one, other = state(first), state(second)
    if one != other or first.differences() or second.differences():
        unequal = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
        raise BugError(f"the homes differ in {len(unequal)} entities")
    story.counts["entities"] = len(one)
    said = N_("both homes hold the same {count} entries, nothing left to settle")
    story.say(said, count=len(one))


def state(ws: Workspace) -> State:
    """Return every entity of a home by scope, kind and id; own notes are nobody else's."""
    return {
        (row.id, kind, record.id): (record.deleted, dict(record.fields))
        for row in ws.scopes()
        if row.kind != PRIVATE
        for kind in ws.schema.kinds
        for record in ws.records(row.id, kind)
    }
