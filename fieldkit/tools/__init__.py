"""What people do with fieldkit; one folder for each tool, the same words inside."""

from fieldkit.core.tool import Schema, Tool
from fieldkit.tools.assessment.tool import TOOL as ASSESSMENT
from fieldkit.tools.engagement.tool import TOOL as ENGAGEMENT
from fieldkit.tools.strategy.tool import TOOL as STRATEGY

TOOLS: tuple[Tool, ...] = (ENGAGEMENT, ASSESSMENT, STRATEGY)


def schema() -> Schema:
    """Return every kind the tools declare."""
    return Schema.of(tuple(plate for tool in TOOLS for plate in tool.kinds))
