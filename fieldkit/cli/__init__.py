"""The same work without a window."""

from collections.abc import Sequence

SELF_TEST = "--self-test"
COMMANDS: frozenset[str] = frozenset(
    {
        "demo", "engagement", "score", "assessment", "report", "bundle", "content", "languages",
        "backup", "restore", "doctor", SELF_TEST,
    }
)  # fmt: skip
ASKING: frozenset[str] = frozenset({"-h", "--help", "--version"})
WITH_VALUE: frozenset[str] = frozenset({"--home", "--lang", "--pictures"})


def is_command(given: Sequence[str]) -> bool:
    """Say whether the arguments name a command (or ask for help), so that no window opens."""
    waiting = False
    for word in given:
        if waiting:
            waiting = False
        elif word in WITH_VALUE:
            waiting = True
        elif word in ASKING or word in COMMANDS:
            return True
        elif not word.startswith("-"):
            return False
    return False
