"""Upkeep: content and languages checked, backups made and restored, the home looked over."""

import hashlib
import platform
import shutil
import struct
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import fieldkit
from fieldkit.cli.call import Call, Json
from fieldkit.cli.menu import Menu
from fieldkit.content import lint, load_pack
from fieldkit.core.errors import N_, UserError
from fieldkit.core.i18n import SOURCE_LANGUAGE, Words
from fieldkit.store.checks import check_scope
from fieldkit.system.translations import available, chain
from fieldkit.system.translations import words as words_of
from fieldkit.tools import schema
from fieldkit.tools.assessment.model import Checklist, Question
from fieldkit.workspace import backup as backups
from fieldkit.workspace.workspace import Workspace

DONE, FOUND = 0, 1


def add_to(menu: Menu) -> None:
    """Add the commands of this module."""
    content = menu.group("content", N_("content: questions, levels, lists"))
    check = content.command("check", N_("look for faults in a folder of content"), check_content)
    check.add_argument("path", type=Path, metavar="PATH")
    menu.command("languages", N_("say how much is translated into which language"), languages)
    menu.command("backup", N_("write a backup of everything now"), back_up)
    restore = menu.command("restore", N_("put a backup in the place of the data"), put_back)
    restore.add_argument("file", type=Path, metavar="FILE")
    menu.command("doctor", N_("look the data over: whole, backed up, room left"), look_over)


def check_content(call: Call) -> int:
    """Print each fault of a folder of content with file, line and cure."""
    found = lint(call.args.path)
    rows: list[Json] = [
        {"file": c.file, "line": c.line, "text": c.say(call.words).split(" ", 1)[-1]} for c in found
    ]
    lines = [c.say(call.words) for c in found] or [call.words(N_("No faults."))]
    call.answer(rows, lines)
    return FOUND if found else DONE


# languages


def languages(call: Call) -> int:
    """Print how much of interface and questions is there in each language."""
    folder = call.paths.translations
    pack = load_pack(call.paths.resources / "content" / "assessment")
    questions = Checklist.from_tree(pack.tree).questions
    rows: list[dict[str, Json]] = []
    lines = []
    for one in available(folder):
        done, of = coverage(one.tag, folder)
        said = words_of(one.tag, folder)
        whole = sum(is_translated(question, said) for question in questions)
        share = {"done": done, "of": of}
        asked = {"done": whole, "of": len(questions)}
        rows.append(
            {"language": one.tag, "name": one.name, "interface": share, "questions": asked,
             "library": None}
        )  # fmt: skip
        text = N_("{tag} {name}: interface {done} of {of}, questions {whole} of {questions}")
        lines.append(
            call.words(
                text, tag=one.tag, name=one.name, done=done, of=of, whole=whole,
                questions=len(questions),
            )
        )  # fmt: skip
    lines.append(call.words(N_("Library: not in this version.")))
    call.answer(rows, lines)
    return DONE


def coverage(tag: str, folder: Path) -> tuple[int, int]:
    """Return how many texts of the interface are translated, and how many there are."""
    held = {one.tag: _built(folder, one.tag) for one in available(folder)}
    of = max([_asked(folder / "ui.pot"), *held.values()])
    return (of if tag == SOURCE_LANGUAGE else min(held.get(tag, 0), of)), of


def _built(folder: Path, tag: str) -> int:
    """Return how many texts the built catalogue of a language holds."""
    for name in chain(tag):
        path = folder / name / "LC_MESSAGES" / "ui.mo"
        if path.is_file():
            head = path.read_bytes()[:12]
            order = "<" if head[:4] == b"\xde\x12\x04\x95" else ">"
            return max(0, int(struct.unpack(order + "I", head[8:12])[0]) - 1)
    return 0


def _asked(template: Path) -> int:
    """Return how many texts a template asks for; none where the program came without it."""
    if not template.is_file():
        return 0
    lines = template.read_text("utf-8").splitlines()
    return sum(line.startswith("msgid ") for line in lines) - 1


def is_translated(question: Question, words: Words) -> bool:
    """Say whether everything a room is asked is there: the question, its levels, its first step."""
    named = {f"levels.{n}": text for n, text in enumerate(question.levels, start=1)}
    texts = {"text": question.text, "why": question.why, "next": question.next, **named}
    return all(
        words.has_content(question.context(part), text) for part, text in texts.items() if text
    )


# backups


def back_up(call: Call) -> int:
    """Write a backup of everything, private notes too, and read it again."""
    with call.held_workspace() as ws:
        receipt = backups.back_up(ws)
    document: dict[str, int | str] = {"file": str(receipt.path), "size": receipt.size}
    call.answer(document, [call.words(N_("Written: {file}, {size} bytes"), **document)])
    return DONE


def put_back(call: Call) -> int:
    """Put a backup in place; what stood there before is kept beside."""
    refuse_while_open(call)
    aside = backups.restore(call.paths, schema(), call.args.file)
    lines = [call.words(N_("The backup is in place."))]
    if aside is not None:
        said = N_("What was there before is kept as {file}.")
        lines.append(call.words(said, file=aside.name))
    call.answer({"restored": True, "kept": str(aside) if aside else None}, lines)
    return DONE


def refuse_while_open(call: Call) -> None:
    """Refuse while another program holds the data; damaged data is what a restore is for."""
    if not call.paths.workspace.exists():
        return
    try:
        Workspace.open(call.paths, schema()).close()
    except UserError as error:
        if not backups.is_damaged(error):
            raise


# doctor


def look_over(call: Call) -> int:
    """Check every chain, attachment and backup; say versions and room; 1 where one is amiss."""
    call.must_be_held()
    problems = [*_problems(call)]
    newest = backups.newest_good(call.paths.backups)
    count = len(backups.backups(call.paths.backups))
    if newest is None:
        problems.append(call.words(N_("There is no good backup. `fieldkit backup` writes one.")))
    size, free = call.paths.workspace.stat().st_size, shutil.disk_usage(call.paths.home).free
    document: Json = {
        "fieldkit": fieldkit.__version__,
        "python": platform.python_version(),
        "home": str(call.paths.home),
        "size": size,
        "free": free,
        "backups": count,
        "newest_good_backup": str(newest[0].path) if newest else None,
        "problems": problems,
    }
    told = N_("fieldkit {version}, data in {home}: {size} bytes, free: {free}, backups: {count}")
    values = {"version": fieldkit.__version__, "home": str(call.paths.home)}
    line = call.words(told, size=size, free=free, count=count, **values)
    call.answer(document, [line, *(problems or [call.words(N_("Everything is whole."))])])
    return FOUND if problems else DONE


def _problems(call: Call) -> Iterator[str]:
    try:
        with call.held_workspace() as ws:
            for row in ws.scopes():
                ws.transact(partial(check_scope, ws.store.records, row.id))
            yield from _missing_files(ws, call.words)
            ws.changed = False
    except UserError as error:
        if not backups.is_damaged(error):
            raise
        yield f"{error.code}: {call.words(error.text, **error.values)}"


def _missing_files(ws: Workspace, words: Words) -> Iterator[str]:
    for sha, (_, is_here) in ws.run(ws.store.local.blobs).items():
        path = ws.blob(sha)
        if is_here and path is None:
            said = N_("An attachment is missing: {sha}. Import the bundle it came with again.")
            yield words(said, sha=sha[:12])
        elif path is not None and hashlib.sha256(path.read_bytes()).hexdigest() != sha:
            said = N_("An attachment is damaged: {sha}. Import the bundle it came with again.")
            yield words(said, sha=sha[:12])
