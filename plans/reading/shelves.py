"""What stands in the reading room, and how it is found."""

from backup_plan_site.web.finding import Findable
from plans.guides import guides, themes
from triggers.glasses import conditions, glasses

# How many guides a glass points to, and a guide to its neighbours.
RELATED = 4


def guides_for(glass):
    """The guides that help with one glass, at most RELATED: the tools to do something with first, then the rest."""
    tools = {one.id for theme in themes().values() if theme.step == "plan" for one in theme.guides}
    found = [one for one in guides().values() if glass in one.glasses]
    return sorted(found, key=lambda one: one.id not in tools)[:RELATED]


def neighbours(key):
    """(theme, guide before, guide after) of one guide; None at the ends of the whole row."""
    order = list(guides())
    place = order.index(key)
    theme = next(one for one in themes().values() if any(guide.id == key for guide in one.guides))
    before = guides()[order[place - 1]] if place else None
    after = guides()[order[place + 1]] if place + 1 < len(order) else None
    return theme, before, after


def findable(language):
    """Everything in the room as `finding.find` takes it, in one language; a key is 'guide:pacing'."""
    for one in guides().values():
        headings = (piece.heading.in_language(language) for piece in one.pieces)
        words = (one.short.in_language(language), *headings)
        yield Findable(f"guide:{one.id}", (one.title.in_language(language),), words)
    for kind, shelf in (("glass", glasses()), ("condition", conditions())):
        for one in shelf.values():
            yield Findable(f"{kind}:{one.id}", _names(one, language), _aliases(one, language))


def _names(questions, language):
    label = getattr(questions, "label", questions.name)
    return (questions.name.in_language(language), label.in_language(language))


def _aliases(questions, language):
    return getattr(questions.aliases, language)
