"""What the 90-second page is made of: one line, one heading, and everything that is read for them, each once."""

from dataclasses import dataclass, field

from intake.facts import Facts
from intake.models import Answer, Flag, Screening
from intake.models.screening import URGENCIES
from plans.told import latest_marks
from plans.visits_told import Visits
from triggers.progress import Progress


@dataclass(frozen=True)
class Line:
    """One thing that was told. `lang` is '' where it is in the reader's own language; `reason` says why it counts."""

    words: str
    url: str
    label: str = ""
    lang: str = ""
    translation: str = ""
    answer: str = ""
    reason: str = ""
    urgency: str = ""
    state: str = ""
    sentences: tuple = ()
    zones: tuple = ()

    @property
    def urgency_word(self):
        """NOW, TODAY, DAYS or TALK in the reader's language; '' for what is no flag."""
        return str(dict(URGENCIES)[self.urgency]) if self.urgency else ""


@dataclass(frozen=True)
class Group:
    """Lines that belong together under a name: the flags of one cluster, the glasses of one colour."""

    title: str
    lines: tuple
    note: str = ""
    family: str = ""


@dataclass(frozen=True)
class Part:
    """One heading of the page. `empty` is what stands there when there is nothing to say."""

    key: str
    title: str
    groups: tuple
    empty: str = ""


@dataclass(frozen=True)
class Told:
    """Everything that is read for it, each once: at most eleven queries, however much was told."""

    actor: object
    intake: object
    screening: Screening | None
    before: Screening | None
    now: Facts | None
    then: Facts | None
    flags: list
    progress: Progress
    marks: dict
    visits: Visits
    plan: object = None
    strengths: list = field(default_factory=list)
    build_ups: list = field(default_factory=list)

    @classmethod
    def of(cls, actor, intake, plan):
        """`intake` comes with its patient; `plan` may be None."""
        screening, before = _rounds(actor, intake)
        answers = _answers(actor, [one for one in (screening, before) if one])
        return cls(
            actor,
            intake,
            screening,
            before,
            _facts(screening, answers),
            _facts(before, answers),
            list(Flag.objects.for_actor(actor).filter(screening=screening)) if screening else [],
            Progress.of(actor, intake),
            latest_marks(intake),
            Visits(actor, intake),
            plan,
            list(plan.strengths.all()) if plan else [],
            list(plan.build_ups.all()) if plan else [],
        )

    @property
    def sent(self):
        """The glasses that were sent; what was not sent is the patient's own."""
        found = self.progress.questionnaire
        return found if found and found.sent_at else None


def _rounds(actor, intake):
    """The latest round of `intake`, and the last one that this patient sent before it. One query."""
    rows = Screening.objects.for_actor(actor).filter(intake__patient=intake.patient_id)
    rows = list(rows.select_related("intake__patient").order_by("began_at", "pk"))
    own = [one for one in rows if one.intake_id == intake.pk]
    now = max(own, key=lambda one: one.number, default=None)
    earlier = [one for one in rows if now and one.sent_at and one != now and one.began_at <= now.began_at]
    return now, earlier[-1] if earlier else None


def _answers(actor, screenings):
    """{screening: {key: latest value}}. One query."""
    found = {one.pk: {} for one in screenings}
    rows = Answer.objects.for_actor(actor).filter(screening__in=screenings).order_by("pk")
    for screening, key, value in rows.values_list("screening", "key", "value"):
        found[screening][key] = value
    return found


def _facts(screening, answers):
    if screening is None:
        return None
    return Facts(answers[screening.pk], screening.intake.patient.age_on(screening.asked_on))
