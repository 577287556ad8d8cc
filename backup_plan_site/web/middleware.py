"""What every response gets: a request id, headers that keep it private, and a calm answer when the database is busy."""

import uuid

from django.db import OperationalError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class RequestIdMiddleware:
    """Gives each request an id of our own making: one from outside could carry anything into the log."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.request_id = uuid.uuid4().hex
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id
        return response


class PrivateResponseMiddleware:
    """Nothing dynamic is kept by a browser, a proxy or a search engine."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        add_never_cache_headers(response)
        response["Cache-Control"] = "no-store, private, max-age=0"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class NextMiddleware:
    """Tells `guard.js` where a form leads: a redirect becomes 204 with the address in `X-Next`; the script goes there.

    So sending by script costs the same two round trips. Only addresses of this site are told.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        asked = request.method == "POST" and request.headers.get("X-Next") == "1"
        if asked and response.status_code in (302, 303) and _is_ours(request, response["Location"]):
            response["X-Next"] = response["Location"]
            for name in ("Location", "Content-Length", "Content-Type"):
                del response[name]
            response.content, response.status_code = b"", 204
        return response


def _is_ours(request, address):
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())


class BusyDatabaseMiddleware:
    """A locked, full or absent database is answered with 503 and Retry-After, so that the sender can try again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OperationalError):
            return None
        response = render(request, "503.html", {"plain": True}, status=503)
        response["Retry-After"] = "5"
        return response
