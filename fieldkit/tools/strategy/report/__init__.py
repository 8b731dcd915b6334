"""The strategy on paper."""

from fieldkit.tools.strategy.report.document import strategy_document
from fieldkit.tools.strategy.report.paper import Paper, is_printed

__all__ = ["Paper", "is_printed", "strategy_document"]
