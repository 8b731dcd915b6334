"""What the preview page counts."""

import datetime as dt

from fieldkit.core.ids import ScopeId
from fieldkit.exchange.review import Review, ScopeReview


def test_refused_scopes_count_for_nothing() -> None:
    held = ScopeReview(ScopeId("1" * 32), "assessment", "One", ops_known=7)
    new = ScopeReview(ScopeId("2" * 32), "strategy", "Two", differences=2, ops_new=5)
    bad = ScopeReview(
        ScopeId("3" * 32), "strategy", "Three", differences=9, ops_new=9, refused="E_FORK"
    )
    review = Review("ab" * 16, "Anna", dt.datetime(2026, 3, 18, tzinfo=dt.UTC), 9, (held, new, bad))
    assert (review.ops_new, review.differences) == (5, 2)
    assert [s.changes_nothing for s in review.scopes] == [True, False, False]
    assert review.signed == "unsigned"
