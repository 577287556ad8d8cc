"""What one screening's answer rows say, read together: the latest answer per key, as context and as answers."""

from dataclasses import dataclass, fields
from functools import cached_property

from .pages import Page, context_is_told, context_pages, first_unfinished, safety_pages
from .red_flags import red_flags
from .screening import Context, follow_ups

CONTEXT_KEYS = frozenset(field.name for field in fields(Context))


@dataclass(frozen=True)
class Facts:
    """The latest answer per key of one screening. `latest` holds None for 'I don't know'."""

    latest: dict
    age: int

    @classmethod
    def of(cls, screening):
        """Facts of `screening`. Two queries."""
        latest = dict(screening.answers.order_by("pk").values_list("key", "value"))
        return cls(latest, screening.intake.patient.age_on(screening.asked_on))

    @cached_property
    def context(self):
        """The rules' context. 'I don't know' leaves a key out; the age comes from the date of birth."""
        told = {key: value for key, value in self.latest.items() if key in CONTEXT_KEYS and value is not None}
        told["regions"] = frozenset(told.get("regions", ()))
        return Context(**{**told, "age": self.age})

    @cached_property
    def answers(self):
        """Items and follow-ups of the three lists with their answers."""
        return {
            key: value for key, value in self.latest.items() if key.startswith("rf") and value is not None
        }

    @cached_property
    def open_follow_ups(self):
        """Follow-up questions that the answers call for and that have no answer yet.

        A question that is hidden by now cannot be answered: nobody waits for it, and its higher class stands.
        """
        on_a_page = {key for page in self.pages for key in page.keys}
        shown = (
            follow_ups(item, self.answers[item], self.context) for item in self.answers if item in on_a_page
        )
        return tuple(key for keys in shown for key in keys if key not in self.answers)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return (*context_pages(self.context), *safety_pages(self.context, red_flags().themes))

    @property
    def context_is_told(self):
        return context_is_told(self.context, self.latest.keys())

    @cached_property
    def next_page(self) -> Page | None:
        """The first page with something unanswered, a follow-up included; None when the lists are complete."""
        if page := first_unfinished(self.pages, self.latest.keys()):
            return page
        if not self.open_follow_ups:
            return None
        item = self.open_follow_ups[0].partition(".")[0]
        return next((page for page in self.pages if item in page.keys), None)

    @property
    def complete(self):
        return self.next_page is None
