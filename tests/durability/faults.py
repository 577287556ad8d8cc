"""Applications with a planted fault, for gunicorn: the checker must see what each of them does wrong."""

import io
import re
import uuid

from backup_plan_site.wsgi import application

PAGE = re.compile(r"^/i/[^/]+/(about|complaint)/$")
KEY = re.compile(rb"once_key=[0-9a-f-]{36}")


def _saves(environ):
    return environ["REQUEST_METHOD"] == "POST" and PAGE.match(environ["PATH_INFO"])


def answers_before_commit(environ, start_response):
    """Says 'saved' first, and saves afterwards."""
    if not _saves(environ):
        yield from application(environ, start_response)
        return
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start_response("302 Found", [("Location", environ["PATH_INFO"]), ("Content-Length", "0")])
    yield b""
    list(application({**environ, "wsgi.input": io.BytesIO(body)}, lambda *args: None))


def forgets_keys(environ, start_response):
    """Gives each request a fresh idempotency key, as if there were none."""
    if _saves(environ):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        body = KEY.sub(b"once_key=" + str(uuid.uuid4()).encode(), body)
        environ["wsgi.input"] = io.BytesIO(body)
    return application(environ, start_response)
