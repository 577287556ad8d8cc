"""The lists of a paper form and how far they are typed in: who and when, never what.

The desk knows that a list was typed, as it knows that one was sent. What stands in it is read back once, before it is
confirmed (read_back.py), and by nobody of the desk after that.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backup_plan_site.staff.actors import Actor
from intake.consents import standing
from intake.facts import Facts
from intake.models import Answer, Consent, Intake, Respondent, Screening
from intake.red_flags import red_flags
from intake.screening import Urgency
from intake.way import lists_let_through
from plans.paper_intake import codes
from triggers.glasses import CONDITIONS, FAMILIES, GLASSES, glasses
from triggers.models import ConditionAnswer, GlassAnswer, GlassQuestionnaire
from triggers.progress import finished
from triggers.telling import family_word

CONTEXT, CONDITIONS_LIST = "context", "conditions"
GLASS_LISTS = (CONDITIONS_LIST, *FAMILIES)


@dataclass(frozen=True, slots=True)
class Typed:
    """Who answered a list last and when; `by` is '' where the patient did so without us.

    `mark` changes with each answer.
    """

    by: str
    at: datetime
    mark: str


@dataclass(frozen=True, slots=True)
class Line:
    """One list on the hub. `url` is '' while it is locked."""

    key: str
    title: str
    url: str
    typed: Typed | None


def reader(intake):
    """Reads states for somebody who may not read answers: only Typed, codes and yes-or-no of the gate come out."""
    return Actor.system(intake.practice_id)


def list_of(key):
    """The list that an answer's key stands on."""
    item = key.partition(".")[0]
    theme = red_flags().by_id[item].theme if item in red_flags().by_id else ""
    return theme or CONTEXT


def keys_of(name):
    """The glasses or conditions of one list of part B."""
    return (
        CONDITIONS
        if name == CONDITIONS_LIST
        else tuple(key for key in GLASSES if glasses()[key].family == name)
    )


@dataclass
class Sitting:
    """One intake whose paper form is being typed in."""

    intake: Intake

    @cached_property
    def screening(self) -> Screening | None:
        return self.intake.screening

    @cached_property
    def facts(self):
        return Facts.of(self.screening) if self.screening else None

    @cached_property
    def questionnaire(self):
        """Part B, or None while it has not begun."""
        return GlassQuestionnaire.objects.for_actor(reader(self.intake)).filter(intake=self.intake).first()

    @cached_property
    def respondent(self):
        """Who filled in the paper, as somebody wrote it down last; None while nobody has."""
        rows = Respondent.objects.for_actor(reader(self.intake)).filter(intake=self.intake)
        return rows.filter(way=Respondent.Way.PAPER).order_by("-pk").first()

    @cached_property
    def consent(self):
        """The consent to the care record that counts, or None."""
        rows = Consent.objects.for_actor(reader(self.intake)).filter(intake=self.intake)
        return standing(rows).get(Consent.Kind.CARE)

    @property
    def has_consent(self):
        return self.screening is not None and (self.consent is None or self.consent.given)

    @property
    def may_type_a(self):
        """Whether part A takes answers: consent is there, somebody is named, and it was not sent."""
        return self.is_open and self.has_consent and bool(self.respondent) and self.screening.sent_at is None

    @property
    def may_type_b(self):
        sent = self.questionnaire is not None and self.questionnaire.sent_at is not None
        named = bool(self.respondent) and self.has_consent
        return self.is_open and named and not sent and lists_let_through(self.screening)

    @property
    def is_open(self):
        return self.intake.closed_at is None

    @property
    def context_was_typed(self):
        """Whether the safety lists may be typed: what they hide is known, or was left blank on a paper in our hands."""
        return self.facts is not None and (self.facts.context_is_told or CONTEXT in self._on_paper)

    @cached_property
    def _on_paper(self):
        rows = Answer.objects.for_actor(reader(self.intake)).filter(screening=self.screening)
        return {list_of(key) for key in rows.filter(respondent__way="paper").values_list("key", flat=True)}

    @property
    def needs_help_now(self):
        """The class of what stands undecided, when somebody must look at once: NOW, TODAY or None. No flag is read."""
        if self.screening is None or self.screening.unhandled > Urgency.TODAY.rank:
            return None
        return Urgency.NOW if self.screening.unhandled == Urgency.NOW.rank else Urgency.TODAY

    # --- part A ---

    @cached_property
    def typed_a(self):
        """{list: Typed} of part A. One query, and none of its columns is an answer."""
        found = {}
        if self.screening is None:
            return found
        rows = Answer.objects.for_actor(reader(self.intake)).filter(screening=self.screening).order_by("pk")
        for pk, key, at, by in rows.values_list("pk", "key", "at", "respondent__staff_name"):
            found[list_of(key)] = Typed(by or "", at, str(pk))
        return found

    @property
    def lines_a(self):
        return [self._line(name) for name in (CONTEXT, *(theme.key for theme in red_flags().themes))]

    def _line(self, name):
        locked = not self.may_type_a or (name != CONTEXT and not self.context_was_typed)
        return Line(
            name, title_of(name), "" if locked else address(self.intake, name), self.typed_a.get(name)
        )

    @property
    def blank_a(self):
        """The codes of what part A still waits for, follow-up questions included, in the order of the paper."""
        if self.facts is None:
            return []
        keys = [key for page in self.facts.pages for key in page.keys if key not in self.facts.latest]
        return _in_order({codes()[key] for key in (*keys, *self.facts.open_follow_ups)})

    @property
    def untyped_a(self):
        """Whether a whole list of part A still waits to be typed, or was left blank as a whole."""
        return any(line.typed is None for line in self.lines_a)

    # --- part B ---

    @cached_property
    def rows_b(self):
        """{key: answer} of the conditions and glasses that were answered."""
        if self.questionnaire is None:
            return {}
        who = reader(self.intake)
        told = {"questionnaire": self.questionnaire}
        conditions = (
            ConditionAnswer.objects.for_actor(who).filter(**told).select_related("respondent", "asked_by")
        )
        answers = GlassAnswer.objects.for_actor(who).filter(**told).select_related("respondent", "asked_by")
        return {row.condition: row for row in conditions} | {row.glass: row for row in answers}

    @property
    def typed_b(self):
        """{list: Typed} of part B."""
        found = {}
        for name in GLASS_LISTS:
            rows = [self.rows_b[key] for key in keys_of(name) if key in self.rows_b]
            if rows:
                last = max(rows, key=lambda row: row.answered_at)
                by = last.respondent.staff_name if last.respondent else ""
                by = by or (last.asked_by.get_full_name() if last.asked_by else "")
                found[name] = Typed(by, last.answered_at, last.answered_at.isoformat())
        return found

    @property
    def lines_b(self):
        typed, may = self.typed_b, self.may_type_b
        return [
            Line(name, title_of(name), address(self.intake, name) if may else "", typed.get(name))
            for name in GLASS_LISTS
        ]

    @property
    def blank_b(self):
        """The codes of conditions and glasses that are not finished."""
        return [codes()[key] for key in (*CONDITIONS, *GLASSES) if not finished(self.rows_b.get(key))]

    def typed(self, name):
        return (self.typed_b if name in GLASS_LISTS else self.typed_a).get(name)


def title_of(name):
    """A list by its name, as it stands above it on paper."""
    language = get_language()
    if name == CONTEXT:
        return _("The person and the complaint")
    if name == CONDITIONS_LIST:
        return _("Hernia, arthrosis and bones")
    if name in FAMILIES:
        return _("Glasses: %(family)s") % {"family": family_word(name, language).lower()}
    theme = next(theme for theme in red_flags().themes if theme.key == name)
    return theme.heading.in_language(language)


def address(intake, name):
    """Where one list is typed in."""
    if name == CONTEXT:
        return reverse("desk:paper-context", args=[intake.code])
    kind = "paper-glasses" if name in GLASS_LISTS else "paper-safety"
    return reverse(f"desk:{kind}", args=[intake.code, name])


def _in_order(found):
    places = {code: place for place, code in enumerate(codes().values())}
    return sorted(found, key=places.__getitem__)
