"""How far part B of one intake is, read from its rows: nothing is counted, a page is finished or it is not."""

from dataclasses import dataclass, field

from django.urls import reverse

from backup_plan_site.staff.actors import Actor

from .glasses import CONDITIONS, GLASSES, glasses
from .models import ConditionAnswer, GlassAnswer, GlassQuestionnaire


@dataclass(frozen=True)
class Progress:
    """The questionnaire (None: not begun) and its answers by key."""

    questionnaire: GlassQuestionnaire | None = None
    conditions: dict[str, ConditionAnswer] = field(default_factory=dict)
    glasses: dict[str, GlassAnswer] = field(default_factory=dict)

    @classmethod
    def of(cls, actor, intake):
        """The progress of `intake` as `actor` may see it. Three queries, one when it has not begun."""
        found = GlassQuestionnaire.objects.for_actor(actor).filter(intake=intake).first()
        if found is None:
            return cls()
        found.intake = intake  # The caller has it, with its patient: nobody asks for it again.
        return cls(
            found,
            {
                row.condition: row
                for row in ConditionAnswer.objects.for_actor(actor).filter(questionnaire=found)
            },
            {row.glass: row for row in GlassAnswer.objects.for_actor(actor).filter(questionnaire=found)},
        )

    @property
    def sent(self):
        """Whether part B was sent. A sent part is never shown again to who holds a link."""
        return self.questionnaire is not None and self.questionnaire.sent_at is not None

    @property
    def begun(self):
        """Whether the lesson was read, so that there is something to answer into."""
        return self.questionnaire is not None and self.questionnaire.lesson_read_at is not None

    @property
    def saved_at(self):
        """When something was answered last; None while nothing is."""
        return self.questionnaire.changed_at if self.conditions or self.glasses else None

    @property
    def open_pages(self):
        """The pages that are not finished yet, as (name of the address, number), in the order of the way."""
        pages = [
            ("condition", place)
            for place, key in _numbered(CONDITIONS)
            if not finished(self.conditions.get(key))
        ]
        return pages + [
            ("glass", place) for place, key in _numbered(GLASSES) if not finished(self.glasses.get(key))
        ]


def is_sent(intake):
    """Whether part B of `intake` was sent, whoever asks. One query."""
    states = Actor.system(intake.practice_id)
    return GlassQuestionnaire.objects.for_actor(states).filter(intake=intake, sent_at__isnull=False).exists()


def finished(row):
    """Whether a page needs nothing more: skipped, 'nothing fits', or recognised and (a glass) said what it fills."""
    if row is None:
        return False
    if row.skipped:
        return True
    if not isinstance(row, GlassAnswer):
        return bool(row.nothing_fits or row.recognised)
    if glasses()[row.glass].filter is not None and not row.filter_answer:
        return False
    return row.nothing_fits or bool(row.recognised and row.fills)


def next_address(intake, progress):
    """Where this patient goes on: the lesson, the first unfinished page, the shelf, or the check page."""
    code = intake.code
    if not progress.begun:
        return reverse("triggers:lesson", args=[code])
    if pages := progress.open_pages:
        name, number = pages[0]
        return reverse(f"triggers:{name}", args=[code, number])
    return reverse(
        "triggers:check" if progress.questionnaire.shelf_seen_at else "triggers:shelf", args=[code]
    )


def around(intake, name, number=1):
    """(the page before, the page after) one page, as addresses."""
    code = intake.code
    pages = [
        ("start",),
        ("lesson",),
        *(("condition", place) for place, _key in _numbered(CONDITIONS)),
        *(("glass", place) for place, _key in _numbered(GLASSES)),
        ("shelf",),
        ("check",),
    ]
    here = pages.index((name, number) if name in ("condition", "glass") else (name,))
    addresses = [reverse(f"triggers:{page[0]}", args=[code, *page[1:]]) for page in pages]
    return addresses[here - 1], addresses[min(here + 1, len(pages) - 1)]


def back_to(intake, number):
    """The page of the glass that somebody came from, by its number as text; the hub where there is none."""
    if number in {str(place) for place, _key in _numbered(GLASSES)}:
        return reverse("triggers:glass", args=[intake.code, int(number)])
    return reverse("triggers:start", args=[intake.code])


def _numbered(keys):
    return enumerate(keys, start=1)
