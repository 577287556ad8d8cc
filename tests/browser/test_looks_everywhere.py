"""Every page of a patient, in every language: axe, the Nu HTML checker, narrow, spaced, large, dark, forced colours."""

import os

import pytest
from django.conf import settings

from tests.browser import nu
from tests.browser.looking import Looker
from tests.browser.patient_way import pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
every_language = pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
# Pages of a patient's way at the least; fewer means that the walk broke off.
FEWEST = 55


@pytest.fixture
def checker():
    try:
        return nu.jar()
    except nu.NotInstalled as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))


@pytest.mark.long
@every_language
def test_every_page_of_a_patient_looks_right_everywhere(cast, visit, language):
    looker = Looker()
    for name, visitor in pages(cast.a, language, visit):
        looker.look_hard(visitor, name)

    assert len(looker.seen) >= FEWEST
    assert not looker.faults, "\n".join(looker.faults)


@pytest.mark.long
@every_language
def test_every_page_of_a_patient_is_right_html(cast, visit, tmp_path, checker, language):
    """The page as the server sends it; one that shows errors as it stands in the browser."""
    sources = {}
    for name, visitor in pages(cast.a, language, visit):
        if "nothing filled in" in name or name.startswith("error"):
            sources[name] = visitor.page.content()
        else:
            sources[name] = visitor.context.request.get(visitor.page.url).text()

    found = nu.faults(sources, tmp_path)
    assert len(sources) >= FEWEST
    assert not found, "\n".join(found)


@pytest.mark.long
def test_planted_faults_are_seen(cast, visit):
    """Words too pale in the dark only, too pale in forced colours, a line that does not wrap, a box that cuts off."""
    _name, phone = next(pages(cast.a, "nl", visit))
    phone.page.evaluate(PLANTED)
    looker = Looker()
    looker.look_hard(phone, "planted")

    seen = "\n".join(looker.faults)
    for fault in (
        "planted in the dark: color-contrast on .pale-in-the-dark",
        "planted in forced colours: contrast of P.pale-when-forced",
        "planted at 320, spaced: too wide or cut off: P.no-room",
        "planted at 390, twice the size: too wide or cut off: P.cut",
    ):
        assert fault in seen, seen


PLANTED = """() => {
    const main = document.querySelector('main');
    for (const name of ['pale-in-the-dark', 'pale-when-forced', 'no-room', 'cut']) {
        const line = document.createElement('p');
        line.className = name;
        line.textContent = 'abcdefghijklmnopqrst';
        main.append(line);
    }
    const sheet = document.styleSheets[1];
    const rules = ['.no-room { white-space: nowrap; width: max-content; font-size: 26px }',
        '.cut { overflow: hidden; white-space: nowrap; width: 14em; max-width: 15rem; font-size: 1.4rem }',
        '@media (prefers-color-scheme: dark) and (forced-colors: none) { .pale-in-the-dark { color: #2a3a48 } }',
        `@media (forced-colors: active) { .pale-when-forced {
            forced-color-adjust: none; color: #777; background: #888 } }`];
    for (const rule of rules) sheet.insertRule(rule, sheet.cssRules.length);
}"""


def test_wrong_html_is_seen(tmp_path, checker):
    good = "<!doctype html><html lang=nl><head><title>a</title></head><body><p>b</p></body></html>"
    bad = good.replace("<p>b</p>", "<ul><p>b</p></ul><label for=nowhere>c</label>")

    assert [fault.partition(":")[0] for fault in nu.faults({"good": good, "bad": bad}, tmp_path)] == [
        "bad",
        "bad",
    ]
