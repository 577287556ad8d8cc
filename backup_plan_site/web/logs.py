"""One JSON line per event. Tokens of links are masked; nothing that somebody answered is ever logged."""

import json
import logging
import re

# A link's token is 43 characters of URL-safe base64; anything as long in a path is treated as one.
TOKEN = re.compile(r"[A-Za-z0-9_-]{32,}")


def mask(text):
    """`text` without anything that could be a link's token; UUIDs, which open nothing alone, go too."""
    return TOKEN.sub("***", text)


class MaskFilter(logging.Filter):
    """Masks tokens in the message and its arguments before any handler sees them."""

    def filter(self, record):
        record.msg = mask(record.getMessage())
        record.args = None
        return True


class JsonFormatter(logging.Formatter):
    """Level, logger, message, request id; of an exception its place and class, never its values.

    A traceback's last line and a database error's detail can quote what a patient typed, so they stay out.
    """

    def format(self, record):
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = getattr(record, "request", None)
        if request_id := getattr(request, "request_id", None):
            line["request_id"] = request_id
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = _where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _where(traceback):
    places = []
    while traceback is not None:
        frame = traceback.tb_frame
        places.append(f"{frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places[-8:]
