"""The words that hold someone: the right lines for country and reader, the box, the help page, the lesson."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from backup_plan_site.content import Text, problems
from intake.contact import FILE as NUMBERS_FILE
from intake.contact import Line, SupportLines, numbers, support_lines
from triggers.glasses import FAMILIES, FOLDER, glasses
from triggers.lesson import lesson
from triggers.support import Calls, support

BLUE = ("stress", "keep-going", "thoughts-emotions", "self-care", "social-net")
THE_QUESTION = Text(
    "'Denk je er soms aan om er niet meer te zijn?'", "'Do you ever think about no longer being here?'"
)

# Clinical-brief G2: whom to call, per country and reader. Last column: do the lines answer in another language?
LINES = [
    # country, reader, emergency, suicide, chat, talk, violence, another language
    ("BE", "nl", "112", "1813", "zelfmoord1813.be", "106", "1712", False),
    ("BE", "nl-be", "112", "1813", "zelfmoord1813.be", "106", "1712", False),
    ("BE", "fr", "112", "0800 32 123", "", "107", "0800 30 030", False),
    ("BE", "fr_BE", "112", "0800 32 123", "", "107", "0800 30 030", False),
    ("BE", "en", "112", "1813", "zelfmoord1813.be", "106", "1712", True),
    ("BE", "EN-gb", "112", "1813", "zelfmoord1813.be", "106", "1712", True),
    ("BE", "de", "112", "1813", "zelfmoord1813.be", "106", "1712", True),
    ("NL", "nl", "112", "113", "113.nl", "088 0767 000", "0800 2000", False),
    ("NL", "fr", "112", "113", "113.nl", "088 0767 000", "0800 2000", True),
    ("NL", "en", "112", "113", "113.nl", "088 0767 000", "0800 2000", True),
]

# Clinical-brief G3, whole; the box holds it in parts, with a line where {line} stands.
BOX = {
    "nl": "Heb je het donker, of denk je soms dat je niet meer wil leven? Je staat er niet alleen voor. "
    "Praat nu met iemand: {line}. In gevaar: 112. Ook je huisarts of behandelaar luistert.",
    "en": "Going through a dark time, or thoughts of not wanting to live? You are not alone. "
    "Talk to someone now: {line}. In danger: 112. Your GP or practitioner can help too.",
    "fr": "Vous traversez une période sombre ou pensez ne plus vouloir vivre ? Vous n'êtes pas seul·e. "
    "Parlez à quelqu'un maintenant : {line}. En danger : 112. Votre médecin ou praticien peut vous aider.",
}

METHODS = {
    "nl": r"pillen|overdosis|vergif\w*|touw|ophang\w*|verhang\w*|verdrink\w*|mes(?:sen)?|snijden|springen|spoorweg"
    r"|treinsporen|brug|wapens?|pistool|gas",
    "en": r"pills?|overdos\w*|poison\w*|rope|hang(?:ing|ed)?|drown\w*|kni(?:fe|ves)|cutting|jump\w*|railway|bridge"
    r"|weapons?|guns?|gas",
    "fr": r"médicaments?|overdose|poison|corde|pend(?:re|u|ue|aison)|noy(?:er|ade)|couteau|sauter|pont|armes?|gaz",
}
# Not our words for it; a line may carry its own name.
HARSH = {
    "nl": r"zelfmoord\w*|zelfmoordenaar|pleeg\w*|plegen|een einde maken",
    "en": r"commit\w*|kill\w*|end(?:ing)? (?:it all|your life)",
    "fr": r"commettre|se tuer|mettre fin",
}
GIVEAWAYS = {
    "nl": r"veilig\w*|geweld\w*|misbruik\w*|angst|bang|partner|hulp\w*|nood|gevaar|relatie|thuis|vangnet|eenzaam\w*",
    "en": r"safe\w*|violen\w*|abuse\w*|fear|afraid|partner|help\w*|danger|relationship|home|net|lonel\w*",
    "fr": r"sécurité|violen\w*|abus\w*|peur|partenaire|aide\w*|danger|couple|maison|filet|seule?\w*",
}
SCORE = r"\b(?:score\w*|percent\w*|procent\w*|vlag(?:gen)?|flags?)\b|%"


def texts_in(one: object, where: str) -> Iterator[tuple[str, Text]]:
    """Every text below `one` with its place."""
    if isinstance(one, Text):
        yield where, one
    elif isinstance(one, tuple):
        for at, part in enumerate(one):
            yield from texts_in(part, f"{where}[{at}]")
    elif is_dataclass(one):
        for field in fields(one):
            yield from texts_in(getattr(one, field.name), f"{where}.{field.name}")


def every_line() -> list[SupportLines]:
    return [support_lines(country, reader) for country in ("BE", "NL") for reader in ("nl", "fr", "en")]


def all_texts() -> list[tuple[str, Text]]:
    """The support, the lesson, the lines and the blue glasses, with the practitioner's hints."""
    found = [*texts_in(support(), "support"), *texts_in(lesson(), "lesson")]
    for lines in every_line():
        found += texts_in(lines, f"lines {lines.suicide.number}")
    for key in BLUE:
        found += texts_in(glasses()[key], key)
    return found


def own_texts() -> list[tuple[str, Text]]:
    """All but the names that lines gave themselves."""
    return [
        (where, text) for where, text in all_texts() if not where.endswith(".name") or "lines" not in where
    ]


def sentences(words: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])['\"»]?\s+", words) if re.search(r"\w", one)]


def said(text: Text) -> Iterator[tuple[str, str]]:
    return ((language, words) for language in ("nl", "en", "fr") if (words := getattr(text, language)))


# --- the lines ---


@pytest.mark.parametrize(
    ("country", "reader", "emergency", "suicide", "chat", "talk", "violence", "another"), LINES
)
def test_each_reader_gets_the_lines_of_the_country(
    country, reader, emergency, suicide, chat, talk, violence, another
):
    lines = support_lines(country, reader)

    assert lines.emergency == emergency == numbers(country).emergency
    assert (lines.suicide.number, lines.suicide.chat) == (suicide, chat)
    assert (lines.talk.number, lines.violence.number) == (talk, violence)
    assert (lines.note is not None) == another


def test_who_reads_another_language_is_told_so_kindly():
    note = support_lines("BE", "en").note
    assert "in Dutch" in note.en and "English" in note.en
    assert "néerlandais" in support_lines("NL", "fr").note.fr


def test_a_line_is_named_in_three_languages_and_says_when_it_answers():
    for lines in every_line():
        for line in (lines.suicide, lines.talk, lines.violence):
            assert isinstance(line, Line)
            assert re.fullmatch(r"\d[\d ]*\d", line.number), line
            for text in (line.name, line.open):
                assert text.nl and text.en and text.fr, line


def test_no_other_country_is_guessed():
    for country in ("FR", "", "answers_in_dutch"):
        with pytest.raises(KeyError):
            support_lines(country, "nl")


def test_the_numbers_that_were_there_stay_as_they_were():
    belgium, netherlands = numbers("BE"), numbers("NL")
    assert (belgium.emergency, belgium.out_of_hours) == ("112", "1733")
    assert (netherlands.emergency, netherlands.out_of_hours) == ("112", "")
    assert belgium.out_of_hours_name == Text(
        "de huisarts van wacht", "the doctor on duty", "le médecin de garde"
    )


def test_the_numbers_are_a_draft_that_says_where_it_comes_from():
    content = tomllib.loads(NUMBERS_FILE.read_text(encoding="utf-8"))
    for row in (content["BE"], content["BE"]["in_french"], content["NL"]):
        assert row["source"].startswith("clinical-brief G2") and row["confirmed"] is False
    assert problems(NUMBERS_FILE.parent) == []


# --- the box and the pages ---


@pytest.mark.parametrize("language", BOX)
def test_the_box_says_the_sentences_of_the_brief(language):
    box, space = support().box, " "
    text, talk, danger, also = (
        one.in_language(language) for one in (box.text, box.talk, box.danger, box.also)
    )
    whole = space.join((text, talk, "{line}.", danger, "112.", also))
    assert whole == BOX[language]
    assert box.summary.in_language(language).endswith("?")


def test_the_words_are_read_once_and_cannot_be_changed():
    assert support() is support() and lesson() is lesson()
    assert (support().version, lesson().version) == ("support.v1", "lesson.v1")
    with pytest.raises(FrozenInstanceError):
        support().confirmed = True


def test_both_are_drafts_with_a_source():
    for words in (support(), lesson()):
        assert words.source.startswith("clinical-brief ")
        assert words.confirmed is False
    assert problems(FOLDER) == []


def test_the_button_says_i_need_help_now():
    assert support().button.nl == "Ik heb nu hulp nodig"
    assert support().exit.nl == "Verlaat deze pagina"


def test_whoever_needs_support_may_read_it_in_french():
    missing = [where for where, text in texts_in(support(), "support") if not text.fr.strip()]
    assert missing == []


def test_the_help_page_is_calm_and_whole():
    page = support().help
    assert page.title.nl == "Hulp nu"
    assert 2 <= len(page.sentences) <= 4
    words = " ".join(one.nl for one in (*page.sentences, *page.also))
    for word in ("zelfdoding", "niet alleen", "huisarts", "behandelaar"):
        assert word in words
    assert "stiller" in words, "hope is said"


def test_each_number_says_what_it_is_for():
    assert {field.name for field in fields(Calls)} == {"emergency", "suicide", "talk", "violence"}
    purposes = [getattr(support().help.calls, field.name).nl for field in fields(Calls)]
    assert len(set(purposes)) == 4


def test_what_is_followed_by_a_number_ends_in_a_colon():
    words = support()
    for text in (
        words.box.talk,
        words.box.danger,
        words.help.chat,
        words.violence.talk,
        words.violence.danger,
    ):
        assert all(one.endswith(":") for _, one in said(text)), text


def test_the_page_for_who_does_not_feel_safe_is_there():
    words = support().violence
    assert len(words.box) >= 1 and 3 <= len(words.page) <= 5
    page = " ".join(one.nl for one in words.page)
    for said_there in ("niet jouw schuld", "Jij kiest", "gsm bewaart wie je belt", "niet op papier"):
        assert said_there in page


@pytest.mark.parametrize("language", GIVEAWAYS)
def test_titles_give_nothing_away_at_a_glance(language):
    words = support()
    for text in (words.neutral_title, words.violence.heading, words.violence.page_heading, words.exit):
        assert not re.search(rf"\b(?:{GIVEAWAYS[language]})\b", text.in_language(language), re.IGNORECASE)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_neutral_title_holds_no_word_of_its_glass(language):
    glass = glasses()["social-net"]
    told = [glass.label, glass.name, glass.good, *(one.text for one in glass.statements)]
    of_the_glass = {
        word
        for text in told
        for word in re.findall(r"\w{4,}", text.in_language(language).casefold())
        if word not in ("over", "your")
    }
    title = set(re.findall(r"\w+", support().neutral_title.in_language(language).casefold()))
    assert title & of_the_glass == set()


# --- the lesson ---


def test_the_lesson_shows_the_three_kinds_in_the_shelfs_order():
    assert tuple(one.id for one in lesson().families) == FAMILIES


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        ("nek en je rug", "neck and your back"),
        ("een signaal en geen ziekte", "a signal, not a disease"),
        ("zelden de echte oorzaak", "seldom the real cause"),
        ("niemands schuld", "No one is to blame"),
        ("wat je lichaam doet", "what your body does"),
        ("wat je lichaam binnenkrijgt", "what your body takes in"),
        ("wat je hoofd en hart dragen", "what your head and heart carry"),
        ("er zijn geen punten: jij herkent, jij kiest", "there are no points: you recognise, you choose"),
        ("zeggen niet wat je hebt", "do not say what you have"),
        ("ongeveer 10 minuten", "about 10 minutes"),
        ("later verdergaan", "go on later"),
    ],
)
def test_the_lesson_says(nl, en):
    words = [text for _, text in texts_in(lesson(), "lesson")]
    assert any(nl.casefold() in one.nl.casefold() for one in words)
    assert any(en.casefold() in one.en.casefold() for one in words)


def test_the_lesson_fits_one_screen_and_scores_nothing():
    assert 4 <= len(lesson().sentences) <= 6
    for language in ("nl", "en"):
        words = " ".join(text.in_language(language) for where, text in texts_in(lesson(), "lesson"))
        assert len(words.split()) <= 170
        assert not re.search(SCORE, words, re.IGNORECASE)


# --- every text ---


def test_every_text_stands_in_dutch_and_english():
    for where, text in all_texts():
        assert text.nl.strip() == text.nl and text.en.strip() == text.en, where


def test_no_sentence_is_longer_than_20_words():
    for where, text in all_texts():
        for language, words in said(text):
            long = [one for one in sentences(words) if len(re.findall(r"[\w'’-]+", one)) > 20]
            assert long == [], f"{where} ({language})"


def test_no_method_is_ever_named():
    for where, text in all_texts():
        for language, words in said(text):
            assert not re.search(rf"\b(?:{METHODS[language]})\b", words, re.IGNORECASE), f"{where}: {words}"


def test_our_own_words_stay_gentle():
    for where, text in own_texts():
        for language, words in said(text):
            assert not re.search(rf"\b(?:{HARSH[language]})\b", words, re.IGNORECASE), f"{where}: {words}"


# --- what the blue glasses say to patient and practitioner ---


def statement(key):
    glass, _, _ = key.rpartition("-")
    return next(one for one in glasses()[glass].statements if one.id == key)


@pytest.mark.parametrize("key", ["thoughts-emotions-5", "thoughts-emotions-8"])
def test_who_recognises_a_heavy_sentence_is_sent_to_people_who_listen(key):
    extra = statement(key).extra
    assert "huisarts of een psycholoog" in extra.nl and "GP or a psychologist" in extra.en


@pytest.mark.parametrize(
    "key", ["thoughts-emotions-5", "thoughts-emotions-8", "social-net-2", "social-net-5"]
)
def test_the_practitioner_may_ask_and_knows_what_to_do_on_yes(key):
    ask = statement(key).ask
    assert THE_QUESTION.nl in ask.nl and THE_QUESTION.en in ask.en
    for word in ("onder vier ogen", "niet alleen", "samen de huisarts of de hulplijn", "112", "Noteer"):
        assert word in ask.nl, word
    for word in ("in private", "not leave", "alone", "the GP or the line together", "112", "Log it"):
        assert word in ask.en, word


def test_only_the_practitioner_asks():
    for key in BLUE:
        for where, text in texts_in(glasses()[key], key):
            assert where.endswith(".ask") or THE_QUESTION.nl.strip("'") not in text.nl, where


def test_not_feeling_safe_is_talked_about_alone_and_never_written():
    unsafe = statement("social-net-8")
    assert (unsafe.private, unsafe.violence) == (True, True)
    for word in ("nooit met een begeleider", "niets in een mail", "op papier"):
        assert word in unsafe.ask.nl
    for word in ("never with a companion", "nothing about it in an e-mail", "on paper"):
        assert word in unsafe.ask.en
    assert "niet jouw schuld" in unsafe.extra.nl and not re.search(r"\d", unsafe.extra.nl + unsafe.extra.en)
