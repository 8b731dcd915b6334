"""The rules of an engagement: terms, marks on papers, suspicious texts, the journey."""

from fieldkit.tools.engagement.rules.journey import (
    NextStep,
    RoundStanding,
    Stage,
    Standing,
    StrategyStanding,
    journey,
    next_step,
)
from fieldkit.tools.engagement.rules.suspicion import Finding, finding_label, suspicious
from fieldkit.tools.engagement.rules.terms import (
    Marks,
    assess_obstacles,
    consent_obstacle,
    footnotes,
    marks,
    marks_line,
    may_assess,
    may_send,
    reference_obstacle,
    send_obstacle,
    terms_obstacles,
)

__all__ = [
    "Finding",
    "Marks",
    "NextStep",
    "RoundStanding",
    "Stage",
    "Standing",
    "StrategyStanding",
    "assess_obstacles",
    "consent_obstacle",
    "finding_label",
    "footnotes",
    "journey",
    "marks",
    "marks_line",
    "may_assess",
    "may_send",
    "next_step",
    "reference_obstacle",
    "send_obstacle",
    "suspicious",
    "terms_obstacles",
]
