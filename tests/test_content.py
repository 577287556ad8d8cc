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


def test_a_draft_may_miss_french_and_a_sealed_file_may_not(folder):
    rewrite(folder, ', fr = "Dormir"', "")
    assert problems(folder) == []

    seal(folder)
    assert problems(folder) == ["glasses.v1.toml: is sealed, but themes[sleep].heading has no fr"]


def test_an_empty_language_is_missing_too(folder):
    rewrite(folder, 'fr = "Dormir"', 'fr = " "')
    seal(folder)
    assert problems(folder) == ["glasses.v1.toml: is sealed, but themes[sleep].heading has no fr"]


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


def test_what_only_practitioners_read_may_say_more(folder):
    rewrite(folder, 'practitioner = ["checks"]', "practitioner = []")
    assert len(problems(folder)) == 3
