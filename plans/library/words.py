"""The library's ids in words, as they stand inside a sentence: in small letters, in the language of the page."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

PHASES = {
    "relieve-1": _("relieve, first step"),
    "relieve-2": _("relieve, second step"),
    "mind-body-a": _("come to rest"),
    "strong-1": _("regain strength, first step"),
    "strong-2": _("regain strength, second step"),
    "mind-body-b": _("posture and attention"),
    "maintain": _("maintain"),
}
REGIONS = {
    "neck": _("neck"),
    "shoulder": _("shoulder"),
    "upper-back": _("upper back"),
    "low-back": _("lower back"),
    "trunk": _("trunk"),
    "pelvis": _("pelvis"),
    "hip": _("hip"),
    "knee": _("knee"),
    "foot": _("foot and calf"),
    "whole-body": _("whole body"),
    "breath": _("breath"),
    "mind": _("calm and attention"),
}
AIMS = {
    "mobilise": _("loosening up"),
    "stretch": _("stretching"),
    "balance": _("balance"),
    "strength": _("strength"),
    "relax": _("relaxing"),
    "breathe": _("breathing"),
    "endurance": _("stamina"),
}
POSITIONS = {
    "standing": _("standing"),
    "sitting": _("sitting"),
    "back": _("lying on the back"),
    "side": _("lying on the side"),
    "front": _("lying on the front"),
    "hands-knees": _("on hands and knees"),
    "kneeling": _("kneeling"),
    "floor": _("sitting on the floor"),
    "any": _("in any position"),
}
KIT = {
    "mat": _("a mat"),
    "chair": _("a chair"),
    "wall": _("a wall"),
    "exercise-ball": _("an exercise ball"),
    "tennis-ball": _("a tennis ball"),
    "step": _("a step"),
    "strap": _("a strap or a scarf"),
    "block": _("a yoga block"),
    "towel": _("a towel"),
    "door-frame": _("a doorway"),
    "table": _("a worktop or a firm table"),
    "bed": _("a bed"),
    "cushion": _("a cushion"),
    "rail": _("a handrail"),
    "shoes": _("shoes that fit well"),
}


def kit_words(kit):
    """What an exercise needs, as one line that begins with a capital; '' where it needs nothing."""
    return capfirst(", ".join(str(KIT[one]) for one in kit))
