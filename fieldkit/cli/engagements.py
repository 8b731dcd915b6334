"""`fieldkit engagement`: list what is held, open a new one."""

from fieldkit.cli.call import Call, Json
from fieldkit.cli.menu import Menu
from fieldkit.core.errors import N_
from fieldkit.core.i18n import Words
from fieldkit.tools.assessment import operations as assessment
from fieldkit.tools.engagement import operations as engagement
from fieldkit.tools.engagement.model import Engagement
from fieldkit.tools.strategy import operations as strategy
from fieldkit.workspace.workspace import Workspace


def add_to(menu: Menu) -> None:
    """Add the commands of this module."""
    words = menu.words
    group = menu.group("engagement", N_("list the engagements, or open a new one"))
    group.command("list", N_("list the engagements with their ids"), list_all)
    new = group.command("new", N_("open an engagement for an agency"), open_new)
    said = words(N_("name of the agency; it stands on every paper"))
    new.add_argument("--agency", required=True, metavar="NAME", help=said)
    said = words(N_("working languages, as in en,sq"))
    new.add_argument("--languages", default="en", metavar="CODES", help=said)
    said = words(N_("for training: needs no request and no consent, and says so on every paper"))
    new.add_argument("--training", action="store_true", help=said)


def list_all(call: Call) -> int:
    """Print the engagements of a home; none where there is no data yet."""
    if not call.paths.workspace.exists():
        call.answer([], [])
        return 0
    with call.workspace() as ws:
        held = [*engagement.engagements(ws), *engagement.engagements(ws, archived=True)]
        rows = [_row(ws, one) for one in held]
        lines = [_line(one, call.words) for one in held]
    call.answer(rows, lines)
    return 0


def _row(ws: Workspace, one: Engagement) -> Json:
    return {
        "id": one.scope,
        "agency": one.agency,
        "training": one.training,
        "archived": one.archived,
        "started": one.started,
        "rounds": [
            {"id": row.scope, "title": row.round.title, "state": row.round.state}
            for row in assessment.rounds(ws, one.scope)
        ],
        "strategies": [
            {"id": held.scope, "title": held.title} for held in strategy.strategies(ws, one.scope)
        ],
    }


def _line(one: Engagement, words: Words) -> str:
    marks = [words("training")] if one.training else []
    marks += [words("archived")] if one.archived else []
    return "  ".join((one.scope, one.agency, *marks))


def open_new(call: Call) -> int:
    """Open an engagement; a real one gets its request and consent in the window."""
    tags = tuple(tag.strip() for tag in call.args.languages.split(",") if tag.strip())
    profile = Engagement(
        agency=call.args.agency,
        languages=tags,
        doc_language=tags[0] if tags else "en",
        training=call.args.training,
    )
    engagement.check_name(profile.agency)
    with call.workspace() as ws:
        scope, _ = engagement.create(ws, profile)
    call.answer({"id": scope}, [scope])
    return 0
