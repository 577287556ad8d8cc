"""Strange input in every text field: stored whole, or refused beside the field with everything else still there."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from intake.models import Clearance, Flag, Intake, Patient, PrivateNote
from tests.patients import PAGES, THEMES, Kept, Phone, begin, sent

STRANGE = {
    "empty": "",
    "blanks": "   ",
    "too long": "a" * 10_000,
    "emoji": "🦴👩🏽‍⚕️ zeer 🔥",
    "right to left": "\u202eألم في الظهر\u202c",
    "null byte": "voor\x00na",
    "markup": "<b onclick=alert(1)>x</b><script>alert(1)</script>",
    "template": "{{ settings.SECRET_KEY }}{% now 'Y' %}${7*7}",
    "quotes": "\"'; DROP TABLE intake_patient; --",
    "newlines": "een\r\ntwee\nBcc: iedereen@example.org",
}
# A lone surrogate cannot be typed as text: a request carries its bytes.
SURROGATE = b"voor\xed\xa0\x80na"


@pytest.fixture
def pieter(cast):
    return cast.client("practitioner_a")


def key():
    return {"once_key": str(uuid.uuid4())}


def visible(text, page):
    """Whether `text` stands on the page, escaped."""
    return html.escape(text, quote=True).replace("&quot;", '"') in page.replace("&quot;", '"')


def holds(answer):
    """What must be true of every page, whatever was typed."""
    page = answer.content.decode()
    assert answer.status_code in (200, 302, 422), answer.status_code
    assert "<script>alert" not in page
    assert "<b onclick" not in page
    assert "tests-only-0123456789" not in page
    return page


def refused_beside(field, page):
    """Whether the page says of this field that it is wrong, with a sentence of its own."""
    box = re.search(rf'<(?:input|textarea|select)[^>]*\bid="id_{re.escape(field)}"[^>]*>', page)[0]
    return 'aria-invalid="true"' in box and re.search(rf'id="[^"]*{re.escape(field)}[^"]*error', page)


def same(stored, typed):
    """As typed; a browser's line ends and blanks around it do not count."""
    return (stored or "").replace("\r\n", "\n") == typed.replace("\r\n", "\n").strip()


# --- the patient -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize(
    ("page", "field", "longest"),
    [
        ("about", "gp", 200),
        ("about", "phone", 40),
        ("complaint", "own_words", 1000),
        ("complaint", "cannot_do", 1000),
    ],
)
def test_the_patients_own_words_are_kept_whole_or_refused_beside_the_field(cast, page, field, longest, kind):
    story, typed = begin(cast.a).consent().tell(), STRANGE[kind]
    phone = story.phone()
    beside = {
        "complaint": {"own_words": "Mijn rug", "cannot_do": "Tuinieren"},
        "about": {"gp": "dr. Janssens"},
    }[page]

    answer = phone.send(story.url(page), {**PAGES[page], **beside, field: typed})

    shown = holds(answer)
    if answer.status_code == 302:
        story.patient.refresh_from_db()
        stored = story.patient.phone if field == "phone" else story.answers()[field]
        kept_phone = field == "phone" and not typed.strip()  # an empty box does not erase a number
        assert kept_phone or same(stored, typed)
        assert len(typed) <= longest
        holds(phone.get(story.url(page)))
    else:
        assert kind in ("too long", "null byte", "newlines") or len(typed) > longest
        assert f'id="id_{field}_error"' in shown
        others = {name: words for name, words in beside.items() if name != field}
        assert all(visible(words, shown) for words in others.values())
        assert kind != "too long" or typed in shown
        assert typed not in story.answers().values() or not typed


@pytest.mark.parametrize("kind", ["markup", "template", "emoji", "right to left", "quotes"])
def test_what_was_typed_stands_escaped_wherever_it_is_read(cast, pieter, kind):
    words = STRANGE[kind]
    story = begin(cast.a, given="Milo " + words, family="X" + words).consent()
    story.tell(own_words="Y" + words, cannot_do="Z" + words, gp="W" + words).answer(
        {"rf1-weight-loss": "yes"}, rest="no"
    )
    phone = story.phone()
    check = holds(phone.get(story.url("check")))
    about = holds(phone.get(story.url("about")))
    story.send()

    assert all(visible(letter + words, check) for letter in "YZW")
    assert visible("W" + words, about)
    for url in (
        reverse("desk:review", args=[story.intake.code]),
        reverse("desk:patient", args=[story.patient.code]),
        reverse("desk:worklist"),
        reverse("desk:patients"),
    ):
        assert visible("X" + words, holds(pieter.get(url)))
    assert visible("Y" + words, holds(pieter.get(reverse("desk:review", args=[story.intake.code]))))


@pytest.mark.parametrize(
    ("page", "field", "values"),
    [
        ("about", "sex", ["", "x", "Male", "male\x00", "[]", "💥"]),
        ("where", "regions", ["", "toe", "low-back,neck", "\x00"]),
        ("since", "duration", ["", "forever", "1"]),
        ("since", "onset_age", ["-1", "36", "1e3", "3.5", "dertig", "9" * 400, "\x00"]),
        ("since", "sudden_onset", ["", "unknown", "True"]),
        ("pain", "worst_pain", ["", "11", "-1", "5.5", "ten", "9" * 400]),
        ("pain", "pain_now", ["", "11", "NaN"]),
        ("pain", "course", ["", "worst"]),
        ("health", "smoker", ["", "maybe", "1"]),
    ],
)
def test_a_choice_that_is_not_offered_is_refused_and_the_rest_of_the_page_stays(cast, page, field, values):
    story = begin(cast.a).consent().tell()
    phone, before = story.phone(), story.rows()

    for value in values:
        answer = phone.send(story.url(page), {**PAGES[page], field: value})
        text = holds(answer)
        assert answer.status_code == 200, value
        assert f'id="id_{field}_error"' in text, value
        for name, typed in PAGES[page].items():
            if name != field:
                assert re.search(rf'name="{name}" value="{typed}" checked', text), name

    assert story.rows() == before


@pytest.mark.parametrize("value", ["", "maybe", "YES", "yes ", "\x00", "1"])
def test_a_safety_answer_is_yes_no_or_not_sure_and_nothing_else(cast, value):
    story = begin(cast.a).consent().tell()
    answers = dict.fromkeys(THEMES["unwell"], "no")

    answer = story.phone().send(story.url("safety", "unwell"), {**answers, "rf1-gca": value})

    text = holds(answer)
    assert answer.status_code == 200
    assert 'id="id_rf1-gca_error"' in text
    assert re.search(r'name="rf1-pmr" value="no" checked', text)
    assert "rf1-gca" not in story.answers()
    assert story.state == "incomplete"


def test_fields_of_other_pages_are_not_read(cast):
    story = begin(cast.a).consent().tell()

    story.phone().send(
        story.url("safety", "unwell"),
        {**dict.fromkeys(THEMES["unwell"], "no"), "rf3-heart": "yes", "sex": "female", "rf1-nothing": "yes"},
    )

    assert not {"rf3-heart", "rf1-nothing"} & set(story.answers())
    assert story.answers()["sex"] == "male"


@pytest.mark.parametrize("send", ["urlencoded", "multipart"])
def test_a_lone_surrogate_is_stored_as_a_replacement_or_refused_and_breaks_nothing(cast, send):
    story = begin(cast.a).consent().tell()
    phone, url = story.phone(), story.url("complaint")
    if send == "urlencoded":
        body, kind = (
            b"once_key=" + str(uuid.uuid4()).encode() + b"&own_words=voor%ED%A0%80na",
            ("application/x-www-form-urlencoded"),
        )
    else:
        part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        body = (
            part % (b"once_key", str(uuid.uuid4()).encode()) + part % (b"own_words", SURROGATE) + b"--x--\r\n"
        )
        kind = "multipart/form-data; boundary=x"

    answer = phone.generic("POST", url, body, content_type=kind)

    assert answer.status_code == 302
    stored = story.answers()["own_words"]
    assert (stored[:4], stored[-2:]) == ("voor", "na")
    assert stored.encode()  # text that every database takes
    assert phone.get(url).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/l/%ED%A0%80/",
        "/l/%00/",
        "/l/%C3%A9…/",
        "/l/" + "x" * 5000 + "/",
        "/i/nonsense/",
        "/desk/patients/x/",
    ],
)
def test_a_strange_address_is_a_page_that_is_not_here(cast, path):
    assert Phone().get(path).status_code == 404
    assert Phone().post(path, key()).status_code == 404


# --- the desk ---------------------------------------------------------------------------------------

NEW = {"given_name": "Tuur", "family_name": "Maes", "birth_date": "1980-02-01", "language": "nl"}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize(
    ("field", "longest"), [("given_name", 100), ("family_name", 100), ("email", 254), ("phone", 40)]
)
def test_the_desk_keeps_a_name_whole_or_refuses_it_beside_the_field(cast, field, longest, kind):
    typed, desk = STRANGE[kind], cast.client("desk_a")

    answer = desk.post(reverse("desk:patient-new"), {**key(), **NEW, field: typed})

    page = holds(answer)
    if answer.status_code == 302:
        assert same(getattr(Patient.objects.get(), field), typed)
        assert len(typed) <= longest
    else:
        assert refused_beside(f"{field}", page)
        assert all(f'value="{NEW[name]}"' in page for name in NEW if name not in (field, "language"))
        assert kind != "too long" or typed in page
        assert not Patient.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2030-01-01",
        "1826-01-01",
        "1980-02-30",
        "1980-13-01",
        "31/02/1980",
        "gisteren",
        "0000-00-00",
        "\x00",
    ],
)
def test_a_birth_date_that_cannot_be_is_refused_beside_the_field(cast, typed):
    answer = cast.client("desk_a").post(reverse("desk:patient-new"), {**key(), **NEW, "birth_date": typed})

    page = holds(answer)
    assert answer.status_code == 200
    assert refused_beside("birth_date", page)
    assert 'value="Tuur"' in page
    assert not Patient.objects.exists()


@pytest.mark.parametrize(
    "typed", ["2030-02-30T10:00", "morgen", "2030-01-01T25:00", "9999999-01-01T00:00", "\x00"]
)
def test_an_appointment_that_cannot_be_is_refused_beside_the_field(cast, typed):
    story, desk = begin(cast.a), cast.client("desk_a")
    before = Kept().fingerprint()

    answer = desk.post(
        reverse("desk:intake-edit", args=[story.intake.code]), {**key(), "appointment_at": typed}
    )

    assert answer.status_code == 200
    assert refused_beside("appointment_at", holds(answer))
    assert Kept().fingerprint() == before


@pytest.mark.parametrize("typed", ["fax", "EMAIL", "", "slip\x00"])
def test_a_way_to_give_a_link_that_does_not_exist_makes_none(cast, typed):
    story = begin(cast.a)

    answer = cast.client("desk_a").post(
        reverse("desk:link-new", args=[story.intake.code]), {**key(), "channel": typed}
    )

    assert answer.status_code == 302
    assert story.intake.invitations.count() == 1
    assert story.intake.invitations.get().state == "active"


@pytest.mark.parametrize("kind", STRANGE)
def test_words_of_a_decision_are_kept_whole_or_refused_beside_the_field(cast, pieter, kind):
    typed = STRANGE[kind]
    flag = sent(cast.a, {"rf1-pmr": "yes"}).flag("rf1-pmr")
    fields = {"reason": "examined-negative", "explanation": typed, "tests": "SLR " + typed[:400]}

    answer = pieter.post(
        reverse("desk:flag-clear", args=[flag.code]),
        {**key(), **{f"clear-{flag.code}-{name}": value for name, value in fields.items()}},
    )

    page = holds(answer)
    if answer.status_code == 302:
        row = Clearance.objects.get()
        assert same(row.explanation, typed)
        assert same(row.tests, "SLR " + typed[:400])
        assert visible(typed.split("\r\n")[0], holds(pieter.get(answer["Location"])))
    else:
        assert kind in ("empty", "blanks", "too long", "null byte")
        assert refused_beside(f"clear-{flag.code}-explanation", page)
        assert "SLR" in page
        assert kind != "too long" or typed in page
        assert not Clearance.objects.exists()


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize(("page", "field"), [("note", "text"), ("not-reassured", "explanation")])
def test_notes_and_doubts_are_kept_whole_or_refused_beside_the_field(cast, pieter, page, field, kind):
    typed, story = STRANGE[kind], sent(cast.a)

    answer = pieter.post(reverse(f"desk:{page}", args=[story.intake.code]), {**key(), field: typed})

    text = holds(answer)
    rows = (
        PrivateNote.objects.values_list("text") if page == "note" else Flag.objects.values_list("explanation")
    )
    if answer.status_code == 302:
        assert same(rows.get()[0], typed)
        holds(pieter.get(answer["Location"]))
    else:
        assert kind in ("empty", "blanks", "null byte") or (kind, page) == ("too long", "not-reassured")
        assert refused_beside(f"{field}", text)
        assert kind != "too long" or typed in text
        assert not rows.exists()


def test_a_note_of_ten_thousand_characters_is_stored_whole(cast, pieter):
    story = sent(cast.a)

    pieter.post(reverse("desk:note", args=[story.intake.code]), {**key(), "text": "é" * 10_000})

    assert PrivateNote.objects.get().text == "é" * 10_000


@pytest.mark.parametrize("kind", STRANGE)
def test_the_search_takes_everything(cast, kind):
    answer = cast.client("desk_a").post(reverse("desk:patients"), {"q": STRANGE[kind]})

    assert answer.status_code == 200
    holds(answer)


def test_more_than_fits_is_refused_before_it_fills_memory(cast):
    story = begin(cast.a).consent().tell()

    answer = story.phone().send(story.url("complaint"), {"own_words": "x" * 2_000_000})
    many = story.phone().post(story.url("complaint"), {**key(), **{f"f{n}": "" for n in range(1000)}})

    assert (answer.status_code, many.status_code) in [(400, 400), (413, 400), (413, 413)]
    assert Intake.objects.count() == 1
