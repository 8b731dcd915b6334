"""The sample papers, word for word."""

from collections.abc import Callable

from fieldkit.core.i18n import Words
from fieldkit.reports.document import Document, Heading, LevelCell, Note, Para, Table
from fieldkit.reports.plain import as_text
from tests.reports.samples import whole

Golden = Callable[[str, str], None]


def test_the_sample_paper_reads_as_before(golden: Golden) -> None:
    golden("paper.txt", as_text(whole(), Words()))


def test_a_paper_in_russian_reads_as_before(golden: Golden) -> None:
    blocks = (
        Heading("Ответы"),
        Table(
            ("Вопрос", "Уровень"),
            (("Есть план?", LevelCell("3", 3)), ("Кто знает?", LevelCell("?"))),
        ),
        Note("Материал для обсуждения.", "Как читать", "info"),
        Para("Иначе: в столице лучше.", "quote"),
    )
    golden("paper-ru.txt", as_text(Document("Зрелость", language="ru", blocks=blocks), Words()))
