"""Golden files: `pytest tests/golden --update-golden` shows what changes and writes it."""

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    update = bool(request.config.getoption("--update-golden", default=False))

    def compare(name: str, text: str) -> None:
        path = HERE / name
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if text == kept:
            return
        lines = difflib.unified_diff(
            kept.splitlines(), text.splitlines(), f"{name} (kept)", f"{name} (now)", lineterm=""
        )
        difference = "\n".join(lines)
        if not update:
            pytest.fail(f"{difference}\n\nIf this is meant: pytest tests/golden --update-golden")
        print(difference)
        path.write_text(text, encoding="utf-8")

    return compare
