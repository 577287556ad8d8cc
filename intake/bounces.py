"""Mails that came back: refused at once by the mail server, or later by a delivery status message (RFC 3464).

Nothing of such a message is kept or shown but the code of the link that it carried.
"""

import re
import uuid
from email import message_from_bytes, policy
from email.errors import MessageError

# A refusal because of who we are or what the mail says; nothing is wrong with the patient's address.
OURS = re.compile(rb"^5\.7\.\d{1,3}\b")
AUTHENTICATE_FIRST = 530
FINAL = re.compile(r"^5\.\d{1,3}\.\d{1,3}\b")
OUR_ID = re.compile(r"<invitation\.([0-9a-f-]{36})@[^<>\s]+>")


def is_final(error):
    """Whether an SMTPRecipientsRefused says that this address gets no mail, now or ever."""
    return any(
        500 <= code < 600 and code != AUTHENTICATE_FIRST and not OURS.match(_bytes(words))
        for code, words in error.recipients.values()
    )


def returned(message):
    """The code of the invitation that came back for good by these bytes, or None.

    None for everything else: another mail, a delay, a mail of somebody else, or bytes that are no mail at all.
    """
    try:
        mail = message_from_bytes(message, policy=policy.default)
        if mail.get_content_type() != "multipart/report" or not _gave_up(mail):
            return None
        found = _original_id(mail)
    except (MessageError, LookupError, ValueError, AttributeError, TypeError):
        return None  # Whatever somebody sends to this address: it is not ours to fail on.
    try:
        return uuid.UUID(found[1]) if found else None
    except ValueError:
        return None


def _gave_up(mail):
    """Whether the report says of any recipient that it failed for good."""
    blocks = [block for part in _parts(mail, "message/delivery-status") for block in part.get_payload()]
    return any(
        str(block.get("Action", "")).strip().lower() == "failed"
        and FINAL.match(str(block.get("Status", "")).strip())
        for block in blocks
    )


def _original_id(mail):
    """A match of our message id in the headers of the mail that came back."""
    for part in _parts(mail, "message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
        if part.is_multipart():
            headers = str(part.get_payload(0).get("Message-ID", ""))
        else:
            text = part.get_payload(decode=True).decode("ascii", "replace")
            headers = re.sub(r"\r?\n[ \t]+", " ", text.partition("\n\n")[0].partition("\r\n\r\n")[0])
            headers = "\n".join(re.findall(r"(?im)^message-id:(.*)$", headers))
        if found := OUR_ID.search(headers):
            return found
    return None


def _parts(mail, *kinds):
    return [part for part in mail.iter_parts() if part.get_content_type() in kinds]


def _bytes(words):
    return words if isinstance(words, bytes) else str(words).encode()
