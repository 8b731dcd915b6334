"""The exchange page, under the name the list of pages knows."""

from fieldkit.ui.exchange.page import ExchangePage

__all__ = ["ExchangePage"]
