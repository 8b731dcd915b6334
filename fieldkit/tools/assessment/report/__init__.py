"""The results on paper: one page for who decides, then everything, with the marks it must bear."""

from fieldkit.core.i18n import Words
from fieldkit.reports.document import Document
from fieldkit.tools.assessment.report.answers import answer_blocks
from fieldkit.tools.assessment.report.front import front_blocks
from fieldkit.tools.assessment.report.paper import Paper
from fieldkit.tools.assessment.report.plans import plan_blocks
from fieldkit.tools.assessment.report.profile import about_blocks, profile_blocks
from fieldkit.tools.assessment.report.rooms import change_blocks, room_blocks
from fieldkit.tools.assessment.report.texts import free_text_id, shown_results
from fieldkit.tools.assessment.rules.closing import INDICATIVE
from fieldkit.tools.assessment.rules.results import Results
from fieldkit.tools.assessment.rules.wording import Wording
from fieldkit.tools.engagement.rules import footnotes, marks, marks_line

__all__ = ["Paper", "free_text_id", "results_document"]


def results_document(results: Results, paper: Paper, words: Words) -> Document:
    """Return the report of a round in a language; texts withheld leave no trace in it."""
    wording = Wording(shown_results(results, paper), words)
    found = marks(paper.engagement, paper.lists)
    return Document(
        title=words("Digital maturity: where we stand"),
        subtitle=paper.subtitle(wording),
        language=words.language,
        rtl=words.is_rtl,
        label=marks_line(found, words),
        marks=(words(INDICATIVE),) if wording.results.is_indicative else (),
        footnotes=footnotes(found, words),
        footer=paper.footer(wording),
        front=front_blocks(wording, paper),
        blocks=(
            *about_blocks(wording, paper),
            *profile_blocks(wording),
            *plan_blocks(wording),
            *room_blocks(wording),
            *change_blocks(wording),
            *answer_blocks(wording),
        ),
        sources=paper.sources(wording),
    )
