"""What triggers writes in the audit trail, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "glasses.begun": _("Glasses begun"),
    "glass.saved": _("Glass answered"),
    "condition.saved": _("Condition answered"),
    "shelf.saved": _("Shelf saved"),
    "part_b.sent": _("Glasses sent"),
    "glass.marked": _("Glass marked"),
    "glass.earlier-shown": _("Glass of last time shown"),
}
