"""The catalogue script finds every text, keeps every translation and names every fault."""

import gettext
import json
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
SCRIPT = REPO / "packaging" / "catalogues.py"

SOURCE = '''"""A page."""

from fieldkit.core.errors import N_, UserError

TITLE = N_("Results")


def show(self, words, n, name):
    words("Hello {name}", name=name)
    self._words("yes" if n else "no")
    words("Outer {inner}", inner=words("inner"))
    words.plural("{n} answer", "{n} answers", n)
    raise UserError("E_X", N_("Lost {thing}."), thing=name)
'''
LIST = '[[kinds]]\nid = "a"\nname = "National police"\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout in small: one source file, one list, Russian catalogues."""
    (tmp_path / "fieldkit").mkdir()
    (tmp_path / "fieldkit" / "page.py").write_text(SOURCE, "utf-8")
    lists = tmp_path / "resources" / "content" / "engagement"
    lists.mkdir(parents=True)
    (lists / "kinds.toml").write_text(LIST, "utf-8")
    folder = tmp_path / "translations" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "ui.po").touch()
    (folder / "content.po").touch()
    run(tmp_path, "update")
    return tmp_path


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run the script on a checkout."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), "--root", str(root), *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def merge(root: Path, given: object) -> subprocess.CompletedProcess[str]:
    """Merge translations into Russian."""
    file = root / "given.json"
    file.write_text(json.dumps(given), "utf-8")
    return run(root, "merge", "ru", str(file))


def catalogue(root: Path, domain: str = "ui") -> Path:
    """Return where a Russian catalogue lies."""
    return root / "translations" / "ru" / "LC_MESSAGES" / f"{domain}.po"


def built(root: Path, domain: str = "ui") -> gettext.GNUTranslations:
    """Build the catalogues and return one as the program reads it."""
    assert run(root, "compile").returncode == 0
    with catalogue(root, domain).with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_every_kind_of_marked_text_reaches_the_template(tree: Path) -> None:
    pot = (tree / "translations" / "ui.pot").read_text("utf-8")
    for text in ("Results", "Hello {name}", "yes", "no", "Outer {inner}", "inner", "Lost {thing}."):
        assert f'msgid "{text}"' in pot
    assert 'msgid "{n} answer"\nmsgid_plural "{n} answers"' in pot
    content = (tree / "translations" / "content.pot").read_text("utf-8")
    assert 'msgctxt "engagement:kinds.a.name"\nmsgid "National police"' in content


def test_templates_hold_no_dates_and_no_paths_of_the_machine(tree: Path) -> None:
    pot = (tree / "translations" / "ui.pot").read_text("utf-8")
    assert "Date" not in pot
    assert str(tree) not in pot
    assert "#: fieldkit/page.py\n" in pot
    assert "nplurals=3" in catalogue(tree).read_text("utf-8")


def test_a_second_update_changes_no_byte(tree: Path) -> None:
    merge(tree, {"Results": "Результаты", "engagement:kinds.a.name": "Национальная полиция"})
    before = {path: path.read_bytes() for path in tree.glob("translations/**/*.po*")}
    run(tree, "update")
    assert {path: path.read_bytes() for path in tree.glob("translations/**/*.po*")} == before


def test_a_fresh_tree_has_no_faults(tree: Path) -> None:
    done = run(tree, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ru ui: 0 of 8" in done.stdout


def test_translations_and_plurals_reach_the_program(tree: Path) -> None:
    forms = ["{n} ответ", "{n} ответа", "{n} ответов"]
    done = merge(tree, {"Results": "Результаты", "{n} answer": forms})
    assert (done.returncode, done.stderr) == (0, "")
    russian = built(tree)
    assert russian.gettext("Results") == "Результаты"
    assert russian.ngettext("{n} answer", "{n} answers", 3) == "{n} ответа"
    assert russian.gettext("yes") == "yes"


def test_content_is_merged_by_its_context(tree: Path) -> None:
    assert merge(tree, {"engagement:kinds.a.name": "Национальная полиция"}).returncode == 0
    found = built(tree, "content").pgettext("engagement:kinds.a.name", "National police")
    assert found == "Национальная полиция"


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"Hello {name}": "Привет {nom}"}, "placeholders differ in 'Привет {nom}'; wanted: name"),
        ({"Hello {name}": "Привет {name"}, "placeholders differ"),
        ({"{n} answer": ["{n} ответ", "{n} ответа"]}, "needs 3 plural forms"),
        ({"{n} answer": ["ответ", "{n} ответа", "{n} ответов"]}, "placeholders differ"),
        ({"Nowhere": "Нигде"}, "'Nowhere' is in no template"),
        ({"Results": " "}, "is empty"),
    ],
)
def test_unfit_translations_are_not_merged(given: object, fault: str, tree: Path) -> None:
    before = catalogue(tree).read_bytes()
    done = merge(tree, given)
    assert done.returncode == 1
    assert fault in done.stderr
    assert catalogue(tree).read_bytes() == before


def test_unfit_translations_typed_into_the_file_are_named_and_not_built(tree: Path) -> None:
    path = catalogue(tree)
    text = path.read_text("utf-8")
    text = text.replace('msgid "Hello {name}"\nmsgstr ""', 'msgid "Hello {name}"\nmsgstr "{x}"')
    path.write_text(text.replace('msgstr[0] ""', 'msgstr[0] "{n} ответ"'), "utf-8")
    done = run(tree, "check")
    assert done.returncode == 1
    assert "'Hello {name}' placeholders differ in '{x}'; wanted: name" in done.stderr
    assert "'{n} answer' needs 3 plural forms, all filled" in done.stderr
    russian = built(tree)
    assert russian.gettext("Hello {name}") == "Hello {name}"
    assert russian.ngettext("{n} answer", "{n} answers", 1) == "{n} answer"


def test_a_text_that_comes_back_finds_its_old_translation(tree: Path) -> None:
    merge(tree, {"Results": "Результаты"})
    page = tree / "fieldkit" / "page.py"
    page.write_text(SOURCE.replace('N_("Results")', 'N_("Outcome")'), "utf-8")
    run(tree, "update")
    assert '#~ msgid "Results"' in catalogue(tree).read_text("utf-8")
    page.write_text(SOURCE, "utf-8")
    run(tree, "update")
    assert "#~" not in catalogue(tree).read_text("utf-8")
    assert built(tree).gettext("Results") == "Результаты"


def test_a_changed_content_text_keeps_its_translation_as_doubtful(tree: Path) -> None:
    merge(tree, {"engagement:kinds.a.name": "Национальная полиция"})
    path = tree / "resources" / "content" / "engagement" / "kinds.toml"
    path.write_text(LIST.replace("National police", "National police force"), "utf-8")
    run(tree, "update")
    text = catalogue(tree, "content").read_text("utf-8")
    assert "#, fuzzy" in text
    assert 'msgstr "Национальная полиция"' in text
    source = "National police force"
    assert built(tree, "content").pgettext("engagement:kinds.a.name", source) == source
    merge(tree, {"engagement:kinds.a.name": "Полиция страны"})
    assert "fuzzy" not in catalogue(tree, "content").read_text("utf-8")


def test_texts_not_collected_anew_are_a_fault(tree: Path) -> None:
    page = tree / "fieldkit" / "page.py"
    page.write_text(SOURCE.replace('"inner"', '"changed"'), "utf-8")
    done = run(tree, "check")
    assert done.returncode == 1
    assert "translations/ui.pot is stale: 1 missing, 1 too many" in done.stderr
    assert "'inner' is in no source" in done.stderr
    assert "1 texts are not in it yet" in done.stderr


def test_completeness_is_asked_for_by_language(tree: Path) -> None:
    assert "'Results' is not translated" in run(tree, "check", "--complete", "ru").stderr


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('    words(f"Hello {name}")', "must be one plain text"),
        ('    words("Hello " + name)', "must be one plain text"),
        ('    words("Hello %s" % name)', "must be one plain text"),
        ('    words.plural("{n} day", f"{n} days", n)', "must be one plain text"),
        ('    words("a" if n else f"{n}")', "must be one plain text"),
        ('    N_(f"Hello {name}")', "N_(...) takes exactly one plain text"),
        ('    words("Hello {who}", name=name)', "no value for who in 'Hello {who}'"),
        ('    words("Hello {0}", name=name)', "placeholder {0} needs a plain name"),
        ('    words("Hello {name:>9}x{", name=name)', "placeholder {{} needs a plain name"),
        ('    UserError("E_Y", N_("Lost {it}."), thing=name)', "no value for it"),
        ('HEAD = words("Head")', "at import level"),
        ('class Page:\n    head = words("Head")', "at import level"),
        ('def late(words, head=words("Head")):\n    pass', "at import level"),
        ('    words("{n} answer", n=n)', "stands with another plural, or with none, elsewhere"),
    ],
)
def test_texts_marked_wrongly_are_named_with_their_line(line: str, fault: str, tree: Path) -> None:
    page = tree / "fieldkit" / "page.py"
    page.write_text(SOURCE + line + "\n", "utf-8")
    run(tree, "update")
    done = run(tree, "check")
    assert done.returncode == 1
    assert fault in done.stderr
    assert done.stderr.startswith("fieldkit/page.py")


@pytest.mark.parametrize(
    "line",
    [
        "    words(name)",
        '    words("Hello {name}", **name)',
        '    show = lambda: words("Later")',
        "    words()",
        "    N_",
    ],
)
def test_texts_marked_rightly_are_no_fault(line: str, tree: Path) -> None:
    (tree / "fieldkit" / "page.py").write_text(SOURCE + line + "\n", "utf-8")
    run(tree, "update")
    done = run(tree, "check")
    assert (done.returncode, done.stderr) == (0, "")
