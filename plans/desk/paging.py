"""One page of something long, of which nobody counts how long it is."""

from dataclasses import dataclass

DEEPEST = 1000


@dataclass(frozen=True)
class Page:
    """The rows of page `number`, from 1 on, and whether there is another one behind it."""

    rows: list
    number: int
    has_next: bool

    @property
    def previous(self):
        return self.number - 1

    @property
    def next(self):
        return self.number + 1


def page_of(rows, typed, size):
    """The page with the number that an address asks for, the first where that is none; `rows(start, stop)` finds it."""
    typed = typed or ""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(DEEPEST)) else 1
    number = min(max(number, 1), DEEPEST)
    found = rows((number - 1) * size, number * size + 1)
    return Page(found[:size], number, has_next=len(found) > size)
