"""A real Chromium against the live server. Every page is watched: what the page itself does not show fails too."""

import os
import shutil
from urllib.parse import unquote

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 20_000


@pytest.fixture(scope="module")
def chromium():
    """One browser for the tests of a module; each visitor has a profile of their own."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up(f"No Chromium here: looked for {', '.join(NAMES)}.")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's own event loop runs in this thread; the tests use the database between its calls, never in them.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            yield browser
            browser.close()


class Visitor:
    """Somebody with a browser: `page` to look at, and what was seen on the way."""

    def __init__(self, context, host):
        self.context = context
        self.host = host
        self.urls = []
        self.faults = []
        self.may_go = ()  # beginnings of addresses elsewhere that a page may lead to
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def open(self, path):
        """Go to an address, with or without the host, and return the response."""
        return self.page.goto(path if "//" in path else self.host + path)

    def take_over(self, client):
        """Go on in the session of a test client: a link opened there is open here. Returns self."""
        own = {"url": self.host, "httpOnly": True, "sameSite": "Lax"}
        self.context.add_cookies(
            [{"name": name, "value": one.value, **own} for name, one in client.cookies.items()]
        )
        return self

    def _said(self, message):
        # A page that answers 404 on purpose is told twice; `_answered` knows which ones are meant.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request):
        self.urls.append(unquote(request.url))
        if not request.url.startswith((self.host, "data:", *self.may_go)):
            self.faults.append(f"another host: {request.url}")

    def _answered(self, response):
        # A form that the script sent is answered with a page: the browser asks for it again by itself.
        by_script = response.request.method == "POST" and "x-next" in response.request.headers
        if response.status >= 500 or (
            response.status >= 400 and not (response.request.is_navigation_request() or by_script)
        ):
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture
def visit(chromium, live_server, settings):
    """`visit()` opens a fresh browser profile; at the end nobody may have seen a fault.

    Console errors are faults: what the Content-Security-Policy refuses is told there.
    """
    settings.BASE_URL = live_server.url
    visitors = []

    def start(**options):
        options = {"viewport": PHONE, "locale": "nl-BE", "timezone_id": "Europe/Brussels", **options}
        visitors.append(Visitor(chromium.new_context(**options), live_server.url))
        return visitors[-1]

    yield start
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.context.close()
    assert not faults, "\n".join(faults)
