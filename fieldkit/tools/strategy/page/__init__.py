"""The strategy page."""

from fieldkit.tools.strategy.page.strategy import StrategyPage

__all__ = ["StrategyPage"]
