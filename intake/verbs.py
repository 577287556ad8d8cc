"""What intake writes in the audit trail, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "consult.begun": _("Filling in together begun"),
    "care.read": _("Advice read"),
    "consent.changed": _("Consent changed"),
    "consent.given": _("Consent given"),
    "consent.withdrawn": _("Consent taken back"),
    "earlier.shown": _("What was told last time was shown"),
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
    "notice.mail-returned": _("Mail came back"),
    "notice.misunderstood": _("Question misunderstood"),
    "notice.new-or-worse": _("Something new or worse"),
    "notice.withdrawn": _("Practice told: consent taken back"),
    "page.saved": _("Page saved"),
    "respondent.named": _("Who fills in was told"),
    "tablet.put-down": _("Tablet given back"),
    "part_a.sent": _("Answers sent"),
    "round.begun": _("New round of the lists begun"),
}
