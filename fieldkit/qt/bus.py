"""Bus: tells every page what a commit changed; the one place Qt and the workspace meet."""

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Carries Changes from the workspace to whoever shows them."""

    committed = Signal(object)
