"""What the figures show, in words: for who does not see them, in three languages, calm and in short sentences."""

import re

import pytest

from backup_plan_site.content import THREATENING, sentences
from exercises.poses import figures

every_figure = pytest.mark.parametrize("key", sorted(figures()))


@every_figure
def test_it_is_said_in_three_languages_what_each_picture_shows(key):
    figure = figures()[key]
    said = [figure.alt[language] for language in ("nl", "en", "fr")]
    last = len(figure.panels)

    assert len(set(said)) == 3 and all(len(words.split()) >= 8 for words in said)
    if last > 1:
        pictures = (rf"\bBeeld {last}", rf"\bPicture {last}", rf"\bImage {last}")
        assert all(re.search(name, words) for name, words in zip(pictures, said, strict=True)), said


@every_figure
def test_the_words_are_short_and_calm(key):
    for language, longest in (("nl", 20), ("en", 24), ("fr", 25)):
        words = figures()[key].alt[language]
        assert [one for one in sentences(words) if len(one.split()) > longest] == []
        assert not re.search(rf"\b(?:{THREATENING[language]})\b", words, re.IGNORECASE)
