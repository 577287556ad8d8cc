"""What a patient told last time and what lasts: the few facts that are shown as text, to be confirmed or changed.

Nothing else of a part that was sent comes back to who holds a link (design: a sent part is never shown again).
"""

import datetime
from dataclasses import dataclass

from . import pages

# Facts that change seldom or never. No answer of the three lists, no pain, no own words.
LASTING = ("sex", pages.GP, "onset_age", "blood_thinners", "smoker", "high_blood_pressure")


@dataclass(frozen=True)
class Earlier:
    """The lasting facts of the round that was sent last before this one, and the day on which it was sent."""

    on: datetime.date
    facts: dict

    def on_page(self, page, *, answered):
        """Those that `page` asks and that have no answer in this round yet."""
        return {key: self.facts[key] for key in page.keys if key in self.facts and key not in answered}


def may_be_shown(respondent):
    """Whether who fills in may read what the patient told before: only the patient, nobody who helps or looks along."""
    return respondent is not None and respondent.who == respondent.Who.SELF
