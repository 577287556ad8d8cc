"""Reading content files, and what `problems` finds in them."""

from dataclasses import dataclass

import pytest

from backup_plan_site.content import Text, build, fingerprint, identity, problems, read

SOUND = """
[content]
references = { theme = "themes" }
practitioner = ["checks"]

[[themes]]
key = "sleep"
heading = { nl = "Slapen", en = "Sleeping", fr = "Dormir" }

[[items]]
id = "nights"
theme = "sleep"
ask = { nl = "Slaap je goed?", en = "Do you sleep well?", fr = "Dormez-vous bien ?" }
checks = { nl = "instabiel", en = "unstable", fr = "instable" }
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "glasses.v1.toml").write_text(SOUND, encoding="utf-8")
    return tmp_path


def rewrite(folder, old, new, name="glasses.v1.toml"):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def seal(folder, name="glasses.v1.toml"):
    (folder / "manifest.toml").write_text(f'"{name}" = "{fingerprint(folder / name)}"\n')


# --- Text ---


def test_a_text_speaks_three_languages():
    text = Text("Goeiendag", "Good day", "Bonjour")
    assert [text.in_language(code) for code in ("nl", "en", "fr")] == ["Goeiendag", "Good day", "Bonjour"]
    assert [text.in_language(code) for code in ("nl-be", "fr_BE", "EN")] == [
        "Goeiendag",
        "Bonjour",
        "Good day",
    ]


def test_english_stands_in_for_what_is_missing():
    assert Text("Goeiendag", "Good day").in_language("fr") == "Good day"
    assert Text("Goeiendag", "Good day").in_language("de") == "Good day"


@pytest.mark.parametrize(("nl", "en"), [("", "x"), ("x", ""), (" ", "x"), ("x", "\n")])
def test_a_text_without_dutch_or_english_is_refused(nl, en):
    with pytest.raises(ValueError, match="Dutch and English"):
        Text(nl, en, "x")


# --- reading ---


def test_the_name_of_the_file_is_its_identity(tmp_path):
    assert identity(tmp_path / "red_flags.v12.toml") == ("red_flags", 12)
    assert str(identity(tmp_path / "red_flags.v12.toml")) == "red_flags.v12"


@pytest.mark.parametrize(
    "name", ["red_flags.toml", "red_flags.v0.toml", "Red.v1.toml", "a.v1.json", "a.vx.toml"]
)
def test_another_name_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match=r"name\.v1\.toml"):
        identity(tmp_path / name)


@dataclass(frozen=True)
class Line:
    text: Text
    number: int = 1


@dataclass(frozen=True)
class Page:
    title: Text
    lines: tuple[Line, ...]
    foot: Text | None = None


T = {"nl": "a", "en": "b"}


def test_tables_become_frozen_dataclasses():
    page = build(Page, {"title": T, "lines": [{"text": T, "number": 2}, {"text": T}], "foot": T})
    assert page == Page(Text("a", "b"), (Line(Text("a", "b"), 2), Line(Text("a", "b"))), Text("a", "b"))


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({"title": T}, "page: unknown or missing: lines"),
        ({"title": T, "lines": [], "tail": T}, "page: unknown or missing: tail"),
        ({"title": "a", "lines": []}, "page.title: a table is needed"),
        ({"title": T, "lines": T}, "page.lines: a list is needed"),
        (
            {"title": T, "lines": [{"text": T, "number": True}]},
            r"page.lines\[0\].number: True is not of type int",
        ),
        ({"title": {"nl": "a", "en": " "}, "lines": []}, "page.title: a text needs Dutch and English"),
        ({"title": {"nl": "a"}, "lines": []}, "page.title: unknown or missing: en"),
    ],
)
def test_a_wrong_table_is_refused_with_its_place(table, place):
    with pytest.raises(ValueError, match=place):
        build(Page, table, "page")


def test_read_leaves_out_what_the_file_says_about_itself(folder):
    assert set(read(folder / "glasses.v1.toml")) == {"themes", "items"}


# --- problems ---


def test_a_sound_folder_has_none(folder):
    assert problems(folder) == []
    seal(folder)
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        (', fr = "Dormir"', "", "fr"),
        ('fr = "Dormir"', 'fr = " "', "fr"),
        (', en = "Sleeping", fr = "Dormir"', "", "en, fr"),
        ('nl = "Slapen", ', "", "nl"),
        ('fr = "Dormir"', "fr = []", "fr"),
    ],
)
def test_a_language_that_is_missing_or_empty_sealed_or_not(folder, old, new, missing):
    rewrite(folder, old, new)
    assert problems(folder) == [f"glasses.v1.toml: themes[sleep].heading has no {missing}"]

    seal(folder)
    assert problems(folder) == [f"glasses.v1.toml: themes[sleep].heading has no {missing}"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Dormez-vous bien ?", "Do you sleep well ?", "says 'do you sleep well' in en and in fr"),
        ("Dormez-vous bien ?", "{n} Slaap je goed", "says 'slaap je goed' in nl and in fr"),
        ("Do you sleep well?", "Slaap je goed?", "says 'slaap je goed' in nl and in en"),
    ],
)
def test_a_text_that_nobody_translated(folder, old, new, says):
    rewrite(folder, old, new)
    assert problems(folder) == [f"glasses.v1.toml: items[nights].ask {says}"]

    seal(folder)
    assert problems(folder) == [f"glasses.v1.toml: items[nights].ask {says}"]


@pytest.mark.parametrize("word", ["Slapen", "{practice} Slapen 1813", "SLAPEN"])
def test_one_word_may_be_the_same(folder, word):
    rewrite(folder, 'fr = "Dormir"', f'fr = "{word}"')
    assert problems(folder) == []


def test_a_name_may_be_the_same_when_the_file_says_so(folder):
    names = (
        '[content]\nsame = ["line"]\n[line]\nnl = "Veilig Thuis"\nen = "Veilig Thuis"\nfr = "Veilig Thuis"\n'
    )
    (folder / "names.v1.toml").write_text(names, encoding="utf-8")
    assert problems(folder) == []

    rewrite(folder, '"line"', "", "names.v1.toml")
    assert len(problems(folder)) == 2


def test_a_name_that_is_the_same_no_more_leaves_the_list(folder):
    rewrite(folder, "[content]", '[content]\nsame = ["themes[sleep].heading"]')
    assert problems(folder) == ["glasses.v1.toml: themes[sleep].heading differs: it need not stand in `same`"]


def test_a_sealed_file_that_changed(folder):
    seal(folder)
    rewrite(folder, "Slaap je goed?", "Slaap je goed? ")
    assert problems(folder) == ["glasses.v1.toml: is sealed and has changed; new wording is a new version"]


def test_a_sealed_file_that_is_gone(folder):
    seal(folder)
    (folder / "glasses.v1.toml").unlink()
    assert problems(folder) == ["glasses.v1.toml: is sealed but no longer there"]


def test_a_manifest_that_cannot_be_read(folder):
    (folder / "manifest.toml").write_text("= x")
    assert [problem.split(":")[0] for problem in problems(folder)] == ["manifest.toml"]


def test_a_file_that_cannot_be_read_or_has_another_name(folder):
    (folder / "broken.v1.toml").write_text("= x")
    (folder / "latin.v1.toml").write_bytes(b'a = "\xe9"')
    (folder / "nameless.toml").write_text("")
    found = problems(folder)

    assert [problem.split(":")[0] for problem in found] == [
        "broken.v1.toml",
        "latin.v1.toml",
        "nameless.toml",
    ]


def test_a_doubled_key(folder):
    rewrite(folder, "[[items]]", '[[items]]\nid = "nights"\ntheme = "sleep"\n\n[[items]]')
    assert problems(folder) == ["glasses.v1.toml: items has 'nights' twice"]


def test_a_doubled_key_deeper_down(folder):
    rewrite(folder, 'id = "nights"', 'id = "nights"\nmore = [{ id = "new" }, { id = "new" }]')
    assert problems(folder) == ["glasses.v1.toml: items[nights].more has 'new' twice"]


def test_an_unknown_reference(folder):
    rewrite(folder, 'theme = "sleep"', 'theme = "slep"')
    assert problems(folder) == ["glasses.v1.toml: items[nights].theme names 'slep', which is not in themes"]


def test_a_reference_to_a_list_in_another_file(folder):
    (folder / "plans.v1.toml").write_text('item = ["nights"]\n[content]\nreferences = { item = "items" }\n')
    assert problems(folder) == []

    rewrite(folder, '["nights"]', '["nights", "days"]', "plans.v1.toml")
    assert problems(folder) == ["plans.v1.toml: item names 'days', which is not in items"]


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("nl", "versleten"),
        ("nl", "Kapot"),
        ("nl", "kapotte"),
        ("nl", "instabiel"),
        ("nl", "instabiele"),
        ("nl", "scheef"),
        ("nl", "scheve"),
        ("en", "worn"),
        ("en", "worn-out"),
        ("en", "broken"),
        ("en", "unstable"),
        ("en", "crooked"),
        ("fr", "usée"),
        ("fr", "usés"),
        ("fr", "cassé"),
        ("fr", "abîmé"),
        ("fr", "instable"),
        ("fr", "de travers"),
    ],
)
def test_a_threatening_word(folder, language, word):
    old = {"nl": "Slaap je goed?", "en": "Do you sleep well?", "fr": "Dormez-vous bien ?"}[language]
    rewrite(folder, old, f"Een {word} woord")
    found = problems(folder)

    assert len(found) == 1
    assert found[0].startswith(f"glasses.v1.toml: items[nights].ask ({language}) says")
    assert word in found[0]


def test_a_broken_bone_may_be_named(folder):
    rewrite(folder, "Do you sleep well?", "Have you broken a bone, or had broken bones?")
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("language", "sentence", "says"),
    [
        ("nl", "Het risico is klein.", "risico"),
        ("nl", "Meer risico's.", "risico"),
        ("en", "You risk more.", "risk"),
        ("fr", "Les risques sont petits.", "risques"),
        ("fr", "Vous risquez plus.", "risquez"),
        ("nl", "Dit is onze diagnose.", "diagnose"),
        ("en", "What is the diagnosis?", "diagnosis"),
        ("fr", "Le diagnostic est clair.", "diagnostic"),
        ("nl", "Je hebt een hernia.", "Je hebt een hernia"),
        ("nl", "Rust. Je hebt waarschijnlijk artrose!", "Je hebt waarschijnlijk artrose"),
        ("nl", "Je hebt geen breuk", "Je hebt geen breuk"),
        ("nl", "U lijdt aan slapeloosheid.", "U lijdt aan"),
        ("nl", "Dan heb je reumatoïde artritis.", "Dan heb je reumatoïde"),
        ("nl", "Stijf? Dat wijst op een ontsteking.", "wijst op een ontsteking"),
        ("en", "You have arthrosis.", "You have arthrosis"),
        ("en", "So you probably have a slipped disc.", "you probably have a slipped disc"),
        ("en", "You suffer from stress.", "You suffer from"),
        ("fr", "Vous souffrez de stress.", "Vous souffrez d"),
        ("fr", "Vous avez de l'arthrose.", "Vous avez de l'arthrose"),
        ("fr", "Cela indique une inflammation.", "indique une inflammation"),
        ("nl", "Neem paracetamol.", "paracetamol"),
        ("en", "Take 400 mg.", "400 mg"),
        ("fr", "Prenez de l'ibuprofène.", "ibuprofène"),
    ],
)
def test_what_a_doctor_says_and_we_do_not(folder, language, sentence, says):
    found = with_sentence(folder, language, sentence)

    assert len(found) == 1
    assert found[0].startswith(f"glasses.v1.toml: items[nights].ask ({language}) says {says!r}, which ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Ze stelt geen diagnose."),
        ("en", "It makes no diagnosis."),
        ("fr", "Il ne pose aucun diagnostic."),
        ("nl", "Een arts vertelde me dat ik een hernia heb (gehad)."),
        ("en", "A doctor has told me I have (had) a hernia."),
        ("fr", "Un médecin m'a dit que j'ai une hernie."),
        ("nl", "Heb je een hernia? Vraag dan eerst raad."),
        ("nl", "je hebt osteoporose"),
        ("nl", "Als u lijdt aan slapeloosheid, praat erover."),
        ("nl", "Zei je arts dat je artrose hebt?"),
        ("en", "If you have arthrosis, take a brisk walk."),
        ("en", "Do you have arthritis? You have time."),
        ("fr", "Si vous souffrez la nuit, ou si vous avez de l'arthrose, bougez."),
        ("fr", "Vous avez de l'arthrose ?"),
        ("nl", "Neem je medicijnen? Vraag je huisarts of apotheker."),
    ],
)
def test_what_may_be_said(folder, language, sentence):
    assert with_sentence(folder, language, sentence) == []


def with_sentence(folder, language, sentence):
    old = {"nl": "Slaap je goed?", "en": "Do you sleep well?", "fr": "Dormez-vous bien ?"}[language]
    rewrite(folder, old, sentence)
    return problems(folder)


def test_a_long_dutch_sentence(folder):
    long = "woord " * 20 + "einde."
    assert with_sentence(folder, "nl", f"Eerst kort. {long}") == [
        f"glasses.v1.toml: items[nights].ask (nl) has a sentence of 21 words: {long!r}"
    ]


def test_twenty_words_or_two_lines_or_another_language_may_be_long(folder):
    with_sentence(folder, "en", "word " * 21)
    assert with_sentence(folder, "nl", "woord " * 20 + "\\n" + "woord " * 19 + "<b>einde.</b> Ja.") == []


def test_a_list_of_words_to_search_for_is_read_too(folder):
    rewrite(
        folder, "[[items]]", '[[items]]\naliases = { nl = ["rug", "kapot"], en = ["back"], fr = ["dos"] }'
    )
    assert problems(folder) == [
        "glasses.v1.toml: items[nights].aliases (nl) says 'kapot', which frightens people"
    ]


def test_what_only_practitioners_read_may_say_more(folder):
    rewrite(folder, "instabiel", "Instabiel, risico; u lijdt aan artrose: " + "woord " * 20)
    assert problems(folder) == []

    rewrite(folder, 'practitioner = ["checks"]', "practitioner = []")
    assert [found.split(" (")[1][:2] for found in problems(folder)] == ["en", "fr", "nl", "nl", "nl", "nl"]


def test_what_only_practitioners_read_is_translated_too(folder):
    rewrite(folder, 'en = "unstable", fr = "instable"', 'en = ""')
    assert problems(folder) == ["glasses.v1.toml: items[nights].checks has no en, fr"]
