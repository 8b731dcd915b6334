"""The pages of the assessment."""

from fieldkit.tools.assessment.page.assess import AssessPage
from fieldkit.tools.assessment.page.results import ResultsPage

__all__ = ["AssessPage", "ResultsPage"]
