"""What intake writes in the audit trail, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "care.read": _("Advice read"),
    "consent.given": _("Consent given"),
    "flag.raised": _("Flag raised"),
    "flag.cleared": _("Flag cleared"),
    "flag.referred": _("Referred"),
    "flag.not-reassured": _("Not reassured"),
    "intake.closed": _("Intake closed"),
    "link.made": _("Link made"),
    "link.opened": _("Link opened"),
    "link.revoked": _("Link withdrawn"),
    "link.wrong-birth-date": _("Wrong date of birth"),
    "note.added": _("Note added"),
    "notice.handled": _("Notice handled"),
    "notice.link-locked": _("Link locked"),
    "notice.misunderstood": _("Question misunderstood"),
    "page.saved": _("Page saved"),
    "part_a.sent": _("Answers sent"),
}
