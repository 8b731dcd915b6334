"""The binding keeps its books: PySide6 6.12.0 on Python 3.11 loses a None with every void call."""

import sys

from PySide6.QtCore import QObject


def test_void_calls_do_not_use_up_none(qapp) -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100
