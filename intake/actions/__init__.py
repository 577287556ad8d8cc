"""The verbs of intake that change several rows at once. Each is one transaction and leaves an audit event."""

from .answering import give_consent, must_stop, read_care, save_page, say_misunderstood, send
from .decisions import add_note, clear, not_reassured, refer
from .errors import Frozen, NotAllowed, Stopped
from .flags import open_urgencies, settle
from .links import close_intake, find_link, invite, open_link, revoke
from .notices import handle_notice

__all__ = [
    "Frozen",
    "NotAllowed",
    "Stopped",
    "add_note",
    "clear",
    "close_intake",
    "find_link",
    "give_consent",
    "handle_notice",
    "invite",
    "must_stop",
    "not_reassured",
    "open_link",
    "open_urgencies",
    "read_care",
    "refer",
    "revoke",
    "save_page",
    "say_misunderstood",
    "send",
    "settle",
]
