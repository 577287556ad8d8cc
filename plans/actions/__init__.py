"""What people do to a plan: open it, fill it section by section, release it. Each verb is atomic and audited."""

from .building import (
    MOST_BUILD_UPS,
    MOST_PACED_TASKS,
    save_build_ups,
    save_ladder,
    save_pacing,
    save_work,
    save_worksheets,
)
from .errors import Changed, GateClosed, NotReady, StillHangs, TooMany
from .habits import add_habit, change_habit, move_habit, remove_habit
from .opening import is_empty, open_plan
from .releasing import missing, release
from .sections import (
    save_cautions,
    save_conditions,
    save_exercises,
    save_glasses,
    save_note,
    save_strengths,
)
from .seeing import SECTIONS, seen, seen_habit
from .visiting import NotDue, NotLatest, SameDay, change_visit, look_again, record_visit, remove_visit

__all__ = [
    "MOST_BUILD_UPS",
    "MOST_PACED_TASKS",
    "SECTIONS",
    "Changed",
    "GateClosed",
    "NotDue",
    "NotLatest",
    "NotReady",
    "SameDay",
    "StillHangs",
    "TooMany",
    "add_habit",
    "change_habit",
    "change_visit",
    "is_empty",
    "look_again",
    "missing",
    "move_habit",
    "open_plan",
    "record_visit",
    "release",
    "remove_habit",
    "remove_visit",
    "save_build_ups",
    "save_cautions",
    "save_conditions",
    "save_exercises",
    "save_glasses",
    "save_ladder",
    "save_note",
    "save_pacing",
    "save_strengths",
    "save_work",
    "save_worksheets",
    "seen",
    "seen_habit",
]
