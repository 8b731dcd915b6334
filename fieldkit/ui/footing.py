"""What the foot of the rail says: languages in use, whether it is saved, what is not sent."""

from fieldkit.core.errors import N_
from fieldkit.core.ids import ScopeId
from fieldkit.qt.host import Host
from fieldkit.system.translations import available
from fieldkit.tools.engagement import operations as engagements
from fieldkit.workspace.saving import SAVING, UNSAVED
from fieldkit.workspace.workspace import Workspace

DAY = 24 * 60


def footing(ws: Workspace, host: Host, engagement: ScopeId | None) -> tuple[str, str, str]:
    """Return the three lines: languages, saving, and what needs care."""
    return _languages(ws, host, engagement), _saved(ws, host), _not_sent(ws, host, engagement)


def _languages(ws: Workspace, host: Host, engagement: ScopeId | None) -> str:
    words = host.language.words
    names = {row.tag: row.name for row in available(host.paths.translations)}
    screen = names.get(words.language, words.language)
    if engagement is None:
        return screen
    tag = engagements.engagement(ws, engagement).doc_language
    if not tag or tag == words.language:
        return screen
    return words(N_("{screen} · document: {document}"), screen=screen, document=names.get(tag, tag))


def _saved(ws: Workspace, host: Host) -> str:
    words = host.language.words
    state = ws.saved
    if state.state == SAVING:
        return words(N_("Saving..."))
    if state.state == UNSAVED:
        return words(N_("NOT SAVED"))
    if state.at is None:
        return words(N_("Saved here"))
    return words(N_("Saved here {time}"), time=words.time(state.at.astimezone()))


def _not_sent(ws: Workspace, host: Host, engagement: ScopeId | None) -> str:
    if engagement is None or engagements.engagement(ws, engagement).training:
        return ""
    words = host.language.words
    last = ws.run(ws.store.local.last_sent)
    if last is None:
        return words(N_("Not sent yet"))
    days = (int(ws.store.clock().timestamp()) // 60 - last) // DAY
    if days < 1:
        return ""
    return words.plural(N_("Not sent for {n} day"), N_("Not sent for {n} days"), days)
