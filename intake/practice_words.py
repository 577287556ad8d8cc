"""Sentences of the practice's own that a patient reads. Who keeps them says so here when it starts."""

WELCOME, BRING, OUT_OF_HOURS = "welcome", "bring", "out-of-hours"

_tellers = []


def told_by(teller):
    """Let `teller(practice, language)` say which sentences a practice has, as {place: sentence}."""
    if teller not in _tellers:
        _tellers.append(teller)


def said(practice, language):
    """{place: sentence} of one practice for who reads `language`. One query of who keeps them."""
    return {place: words for teller in _tellers for place, words in teller(practice, language).items()}


def out_of_hours(practice, language):
    """What to do outside opening hours: in the reader's own language where the practice wrote that, or as it stands."""
    return said(practice, language).get(OUT_OF_HOURS) or practice.out_of_hours
