"""The verbs of intake that change several rows at once. Each is one transaction and leaves an audit event."""

from .answering import give_consent, must_stop, read_care, save_page, say_misunderstood, send
from .around import (
    answer_as,
    find_code,
    find_on_tablet,
    open_on_tablet,
    put_down,
    put_on_tablet,
    sit_together,
)
from .consenting import change_consent, withdraw_consent
from .decisions import add_note, clear, not_reassured, refer
from .errors import Frozen, NotAllowed, Stopped
from .flags import open_urgencies, settle
from .links import close_intake, find_link, invite, open_link, revoke
from .mailing import mail_returned, plan_reminder
from .notices import handle_notice
from .people import save_patient, write_words
from .recalling import earlier
from .rounds import begin_round

__all__ = [
    "Frozen",
    "NotAllowed",
    "Stopped",
    "add_note",
    "answer_as",
    "begin_round",
    "change_consent",
    "clear",
    "close_intake",
    "earlier",
    "find_code",
    "find_link",
    "find_on_tablet",
    "give_consent",
    "handle_notice",
    "invite",
    "mail_returned",
    "must_stop",
    "not_reassured",
    "open_link",
    "open_on_tablet",
    "open_urgencies",
    "plan_reminder",
    "put_down",
    "put_on_tablet",
    "read_care",
    "refer",
    "revoke",
    "save_page",
    "save_patient",
    "say_misunderstood",
    "send",
    "settle",
    "sit_together",
    "withdraw_consent",
    "write_words",
]
