"""Where a patient goes next: from what is answered, what was raised and what was read."""

from django.urls import reverse

from .actions import must_stop
from .facts import Facts
from .journey import PART_B
from .screening import Urgency
from .standing import LET_THROUGH, Decision, Standing

# While filling in, only these break in; the calmer ones wait for the end (clinical-brief B1, design).
BREAKING_IN = (Urgency.NOW, Urgency.TODAY)


def address(intake, page):
    """The address of one page of part A."""
    if page.name == "safety":
        return reverse("intake:safety", args=[intake.code, page.theme])
    return reverse(f"intake:{page.name}", args=[intake.code])


def care_to_show(screening):
    """The urgency whose advice comes first: NOW as long as it stands, then what was not read yet. None: nothing.

    Before sending only NOW and TODAY break in; afterwards each class gets its page, the most urgent first.
    """
    if must_stop(screening):
        return Urgency.NOW
    classes = list(Urgency) if screening.sent_at else BREAKING_IN
    flags = [flag for flag in _unread(screening) if not flag.provisional and Urgency(flag.urgency) in classes]
    return max((Urgency(flag.urgency) for flag in flags), default=None)


def care_is_due(screening):
    """Whether advice must be shown before anything else."""
    return care_to_show(screening) is not None


def lists_let_through(screening):
    """Whether the three lists were sent and allow filling in the glasses. `screening` may be None."""
    return bool(screening and screening.sent_at and Standing(screening.state) in LET_THROUGH)


def part_b_is_open(screening):
    """Whether this patient may go on to part B: the lists allow it, and every advice was read."""
    return lists_let_through(screening) and not care_is_due(screening)


def part_b_address(intake):
    """The way into part B."""
    return reverse(PART_B[0], args=[intake.code])


def next_address(intake, screening):
    """Where this patient goes on: consent, advice, the first unfinished page, the check page, or the end."""
    if screening is None:
        return reverse("intake:consent", args=[intake.code])
    if care_is_due(screening):
        return reverse("intake:care", args=[intake.code])
    if screening.sent_at:
        return reverse("intake:sent", args=[intake.code])
    facts = Facts.of(screening)
    page = facts.next_page
    if page is None:
        return reverse("intake:check", args=[intake.code])
    if page.name == "safety" and not any(key.startswith("rf") for key in facts.latest):
        return reverse("intake:safety-start", args=[intake.code])
    return address(intake, page)


def back_address(intake, here, facts):
    """The page before this one; from the first page back to the start."""
    before = None
    for page in facts.pages:
        if (page.name, page.theme) == (here.name, here.theme):
            break
        before = page
    return address(intake, before) if before else reverse("intake:start", args=[intake.code])


def step(here, facts):
    """'Step 3 of 14' for one page."""
    number = next(
        (
            place
            for place, page in enumerate(facts.pages, start=1)
            if (page.name, page.theme) == (here.name, here.theme)
        ),
        1,
    )
    return {"number": number, "total": len(facts.pages) + 1}


def _unread(screening):
    return screening.flags.filter(care_read_at=None, raised_by=None, decision=Decision.OPEN.value)
