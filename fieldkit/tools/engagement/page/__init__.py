"""The pages of an engagement: the list of engagements and the profile of one."""

from fieldkit.tools.engagement.page.engagements import EngagementsPage
from fieldkit.tools.engagement.page.profile import ProfilePage

__all__ = ["EngagementsPage", "ProfilePage"]
