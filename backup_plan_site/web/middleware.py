"""What every response gets: a request id, headers that keep it private, and a calm answer when the database is busy."""

import uuid

from django.db import OperationalError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

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
