import pytest

from fieldkit.core.fold import fold


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("policija", "Полиция"),
        ("policija", "ПОЛИЦИЈА"),
        ("covjek", "Čovjek"),
        ("djordje", "Đorđe"),
        ("djordje", "Ђорђе"),
        ("ozbekiston", "Oʻzbekiston"),
        ("ozbekiston", "O'zbekiston"),
        ("ljudi", "Људи"),
    ],
)
def test_searching_finds_across_case_marks_and_scripts(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


def test_different_words_stay_different() -> None:
    assert fold("data") != fold("date")
