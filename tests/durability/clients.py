"""Patients who save pages without pause, each with a connection of its own, and remember what they were told."""

import http.client
import random
import threading
import time
import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from .prepare import BIRTH_DATE

BROKEN = (OSError, http.client.HTTPException)
PATIENCE = 60


@dataclass(frozen=True)
class Form:
    """One form as a browser holds it: sent again after a broken connection, it is the same form."""

    page: str
    fields: tuple
    key: uuid.UUID

    @property
    def texts(self):
        """What only this form says, by the field that says it."""
        return tuple((name, value) for name, value in self.fields if name in ("own_words", "cannot_do", "gp"))


class Client(threading.Thread):
    """Saves page after page until told to stop. `saved` are the forms that were answered with a redirect."""

    def __init__(self, port, link, number):
        super().__init__(name=f"client {number}", daemon=True)
        self.port, self.link, self.number = port, link, number
        self.chance = random.Random(number)
        self.saved = []
        self.sent_again = 0
        self.fault = ""
        self.asked_to_stop = threading.Event()
        self.left_alone = threading.Event()
        self.cookies = {}
        self.connection = None

    def run(self):
        try:
            self._ask("GET", self.link)
            year, month, day = BIRTH_DATE.split("-")
            date = (("birth_date_year", year), ("birth_date_month", month), ("birth_date_day", day))
            self.start_page = self._send(self.link, Form("", date, uuid.uuid4()))
            self._send(f"{self.start_page}whom/", Form("whom", (("who", "self"),), uuid.uuid4()))
            count = 0
            while not self.asked_to_stop.is_set():
                count += 1
                self._save(self._form(count))
        except Exception as error:
            self.fault = f"{self.name}: {error!r}"

    def _form(self, count):
        word = f"{self.number}-{count}"
        if count % 3:
            fields = (("own_words", f"own {word}"), ("cannot_do", f"not {word}"))
            return Form("complaint", fields, uuid.uuid4())
        return Form("about", (("sex", "female"), ("pregnant", "no"), ("gp", f"gp {word}")), uuid.uuid4())

    def _save(self, form):
        self._send(f"{self.start_page}{form.page}/", form)
        self.saved.append(form)
        if self.chance.random() < 0.2:
            # Somebody who presses reload although all went well.
            self._send(f"{self.start_page}{form.page}/", form)

    def _send(self, path, form):
        """Post until there is an answer, always the same form. Returns where it leads."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not self.left_alone.is_set():
            fields = {
                "once_key": form.key,
                "csrfmiddlewaretoken": self.cookies["csrftoken"],
                **dict(form.fields),
            }
            try:
                status, to = self._ask("POST", path, urlencode(fields))
            except BROKEN:
                self.sent_again += 1
                status, to = 503, ""
            if status == 302:
                return to
            if status != 503:
                raise AssertionError(f"{path} answered {status}")
            time.sleep(0.02)
        raise AssertionError(f"{path} gave no answer for {PATIENCE} seconds")

    def _ask(self, method, path, body=None):
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            response.read()
        except BROKEN:
            self.connection.close()
            self.connection = None
            raise
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return response.status, response.headers.get("Location")
