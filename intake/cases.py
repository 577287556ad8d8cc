"""Written cases in, outcomes out: the JSON of the screening contract, around the pure rules. No Django.

Everything is checked before anything is screened; the first fault is told with its case, its key and the
values allowed. What a case may not say is refused, never guessed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, NoReturn

from .screening import ITEMS, Context, Screening, screen
from .screening_context import describe, is_allowed
from .screening_items import ANSWER_KEYS, ANSWERS, NO

CASE_KEYS = ("id", "context", "answers", "unlisted")
CONTEXT_KEYS = tuple(one.name for one in fields(Context))


class CaseError(ValueError):
    """A case that cannot be screened; the message says which, what and what is allowed."""


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    context: Context
    answers: dict[str, str]


class Table(dict[str, Any]):
    """A JSON object that remembers a key that stands in it twice; Python would silently keep the last."""

    doubled: str | None = None

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> "Table":
        table = cls(pairs)
        keys = [key for key, _ in pairs]
        if len(table) != len(keys):
            table.doubled = next(key for key in keys if keys.count(key) > 1)
        return table


def main(text: str | bytes) -> str:
    """The contract's JSON answer to the contract's JSON cases. Raises CaseError."""
    cases = [parse(case, number) for number, case in enumerate(load(text), start=1)]
    return json.dumps([outcome(case, screen(case.context, case.answers)) for case in cases], indent=2)


def load(text: str | bytes) -> list[Any]:
    """The cases as plain JSON: one case stands alone, more stand in a list."""
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=Table.of, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise CaseError(f"not UTF-8: {error}") from None
    except (ValueError, RecursionError) as error:
        raise CaseError(f"not JSON: {error}") from None
    return found if isinstance(found, list) else [found]


def parse(case: Any, number: int) -> Case:
    """One case, checked. `number` names it as long as it has no id."""
    name = f"case {number}"
    if not isinstance(case, Table):
        raise CaseError(f"{name}: a case is an object with the keys {', '.join(CASE_KEYS)}")
    if not isinstance(case.get("id"), str) or not case["id"].strip():
        raise CaseError(f"{name}: key 'id' is needed; allowed: a text that is not empty")
    name = f"case {case['id']!r}"
    _check_keys(name, "", case, CASE_KEYS)
    context = _context(name, _table(name, case, "context"))
    return Case(case["id"], context, _answers(name, case))


def outcome(case: Case, screening: Screening) -> dict[str, Any]:
    """One screening in the contract's shape."""
    return {
        "id": case.id,
        "state": screening.state.value,
        "raised": [
            {"item": one.item, "class": one.urgency.value, "rules": list(one.rules)}
            for one in screening.raised
        ],
        "notes": list(screening.notes),
    }


def _context(name: str, table: Table) -> Context:
    _check_keys(name, "context.", table, CONTEXT_KEYS)
    values: dict[str, Any] = dict(table)
    for key, value in table.items():
        if key == "regions" and isinstance(value, list) and all(isinstance(one, str) for one in value):
            values[key] = frozenset(value)
        if not is_allowed(key, values[key]):
            _refuse(name, f"context.{key}", value, describe(key))
    return Context(**values)


def _answers(name: str, case: Table) -> dict[str, str]:
    if "unlisted" in case and case["unlisted"] != NO:
        _refuse(name, "unlisted", case["unlisted"], NO)
    table = _table(name, case, "answers")
    _check_keys(name, "answers.", table, tuple(ANSWER_KEYS))
    for key, value in table.items():
        if not isinstance(value, str) or value not in ANSWERS:
            _refuse(name, f"answers.{key}", value, ", ".join(ANSWERS))
    unlisted = dict.fromkeys(ITEMS, NO) if "unlisted" in case else {}
    return unlisted | table


def _table(name: str, case: Table, key: str) -> Table:
    table = case.get(key, Table())
    if not isinstance(table, Table):
        _refuse(name, key, table, "an object")
    return table


def _check_keys(name: str, where: str, table: Table, allowed: tuple[str, ...]) -> None:
    if table.doubled is not None:
        raise CaseError(f"{name}: key {where + table.doubled!r} stands there twice; allowed: once")
    for key in table:
        if key not in allowed:
            raise CaseError(f"{name}: unknown key {where + key!r}; allowed: {', '.join(_near(key, allowed))}")


def _near(key: str, allowed: tuple[str, ...]) -> Iterable[str]:
    """For an unknown follow-up of a known item its follow-ups, else everything."""
    item, dot, _ = key.partition(".")
    own = [one for one in allowed if dot and one.startswith(f"{item}.")]
    return own or [one for one in allowed if not dot or "." not in one]


def _refuse(name: str, key: str, value: Any, allowed: str) -> NoReturn:
    raise CaseError(f"{name}: key {key!r} cannot be {json.dumps(value)[:80]}; allowed: {allowed}")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
