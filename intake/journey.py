"""The patient's way through the pages, as URL names. Later apps lead on from here without being imported."""

PART_A = (
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
