"""The patient's way through the pages, as URL names. Later apps lead on from here without being imported."""

PART_A = (
    "intake:whom",
    "intake:consent",
    "intake:about",
    "intake:where",
    "intake:complaint",
    "intake:since",
    "intake:pain",
    "intake:health",
    "intake:safety-start",
    "intake:safety",
    "intake:check",
    "intake:sent",
)

# Part B; its first page is the way in, its last one asks for no link.
PART_B = (
    "triggers:start",
    "triggers:lesson",
    "triggers:condition",
    "triggers:glass",
    "triggers:shelf",
    "triggers:check",
    "triggers:thanks",
)

# Where a practitioner goes back to who filled in part B together with the patient.
BACK_TO_THE_DESK = "desk:glasses"

_part_b_asked = []


def knows_part_b(ask):
    """Registers `ask(intake) -> bool`: whether part B of it was sent. The app of part B says so in AppConfig.ready."""
    if ask not in _part_b_asked:
        _part_b_asked.append(ask)
    return ask


def part_b_is_sent(intake):
    """Whether part B of `intake` was sent. One query."""
    return any(ask(intake) for ask in _part_b_asked)
