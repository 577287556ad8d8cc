"""What a section of a plan looks like now, as a fingerprint: a form that saves it says what it had seen."""

import hashlib
import json

SECTIONS = ("strengths", "glasses", "conditions", "cautions", "exercises", "habits", "note")
HABIT = ("after", "do", "where", "how_often", "small", "begins", "hangs_on", "hangs_key")

_ROWS = {
    "strengths": ("code", "text", "glass"),
    "glasses": ("glass", "fills", "size", "compensated", "doing", "tips", "own_tip", "helpers"),
    "conditions": ("condition", "tips"),
    "exercises": ("exercise", "dose", "hangs_on", "hangs_key"),
    "habits": ("code", *HABIT),
}


def seen(plan, section):
    """The fingerprint of one section, or of 'all' of them. One query per list that it reads."""
    sections = SECTIONS if section == "all" else (section,)
    return _fingerprint([_content(plan, one) for one in sections])


def seen_habit(item):
    """The fingerprint of one Bucketlist item."""
    return _fingerprint([getattr(item, name) for name in HABIT])


def _content(plan, section):
    if section in _ROWS:
        return list(getattr(plan, section).order_by("position", "pk").values_list(*_ROWS[section]))
    if section == "cautions":
        return [plan.cautions, plan.stage]
    return getattr(plan, section)


def _fingerprint(value):
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:32]
