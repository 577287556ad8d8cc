"""What a section of a plan looks like now, as a fingerprint: a form that saves it says what it had seen."""

import hashlib
import json

SECTIONS = (
    *("strengths", "glasses", "conditions", "cautions", "exercises", "habits"),
    *("build-up", "ladder", "pacing", "work", "worksheets", "note"),
)
HABIT = (
    *("after", "do", "where", "how_often", "small", "nudge", "with_whom", "reward"),
    *("begins", "hangs_on", "hangs_key"),
)
BUILD_UP = (
    *("activity", "unit", "first", "second", "third", "percent"),
    *("goal", "weeks", "sessions", "starts_on"),
)
RUNG = ("text", "expects", "happened", "done_on", "calmer", "not_now")
PACED_TASK = ("task", "minutes", "work", "rest", "other")
WORK = ("starts_on", "hours", "days", "weeks_per_step", "shape", "replaced")

_ROWS = {
    "strengths": ("code", "text", "glass"),
    "glasses": ("glass", "fills", "size", "compensated", "doing", "tips", "own_tip", "helpers", "who_helps"),
    "conditions": ("condition", "tips"),
    "exercises": ("exercise", "dose", "hangs_on", "hangs_key"),
    "habits": ("code", *HABIT),
    "build-up": BUILD_UP,
    "ladder": RUNG,
    "pacing": PACED_TASK,
    "work": WORK,
}
# A section's rows, where they are not called like it.
_RELATIONS = {"build-up": "build_ups", "ladder": "rungs", "pacing": "paced_tasks", "work": "works"}


def seen(plan, section):
    """The fingerprint of one section, or of 'all' of them. One query per list that was not read before."""
    sections = SECTIONS if section == "all" else (section,)
    return _fingerprint([_content(plan, one) for one in sections])


def seen_habit(item):
    """The fingerprint of one Bucketlist item."""
    return _fingerprint([getattr(item, name) for name in HABIT])


def _content(plan, section):
    if section in _ROWS:
        rows = getattr(plan, _RELATIONS.get(section, section)).all()
        content = [[getattr(row, name) for name in _ROWS[section]] for row in rows]
        return [content, plan.ladder_closed_by] if section == "ladder" else content
    if section == "cautions":
        return [plan.cautions, plan.stage]
    return getattr(plan, section)


def _fingerprint(value):
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:32]
