"""The pages of the assessment."""

from fieldkit.tools.assessment.page.assess import AssessPage

__all__ = ["AssessPage"]
