"""A habit reads back as one correct sentence, as a table."""

import pytest

from plans.habit_words import habit_sentence
from triggers.glasses import conditions, glasses


@pytest.mark.parametrize(
    ("language", "after", "do", "sentence"),
    [
        ("nl", "Na het ontbijt", "stap ik een rondje", "Na het ontbijt stap ik een rondje."),
        ("nl", "na het ontbijt ", " stap ik een rondje.", "Na het ontbijt stap ik een rondje."),
        ("nl", "Zodra ik afsluit", "adem ik uit", "Zodra ik afsluit, adem ik uit."),
        ("nl", "Zodra ik afsluit,", "adem ik uit", "Zodra ik afsluit, adem ik uit."),
        ("nl", "Als mijn zus komt", "koken we samen", "Als mijn zus komt, koken we samen."),
        ("nl", "Voor ik iets zwaars neem", "kijk ik", "Voor ik iets zwaars neem, kijk ik."),
        ("nl", "Voor elke maaltijd", "drink ik", "Voor elke maaltijd drink ik."),
        ("nl", "Alsnog een keer", "wandel ik", "Alsnog een keer wandel ik."),
        ("nl", "", "wandel ik!", "Wandel ik!"),
        ("nl", "", "", ""),
        ("en", "After breakfast", "I walk to the corner", "After breakfast I walk to the corner."),
        ("en", "When I hang up", "I stand", "When I hang up, I stand."),
        ("en", "After I hang up", "I stand", "After I hang up, I stand."),
        ("fr", "Après le petit-déjeuner", "je marche", "Après le petit-déjeuner, je marche."),
        ("fr", "Dès que je raccroche", "je marche", "Dès que je raccroche, je marche."),
        ("de", "When it rains", "I swim", "When it rains, I swim."),
    ],
)
def test_one_sentence(language, after, do, sentence):
    assert habit_sentence(after, do, language) == sentence


def test_every_habit_of_the_content_reads_without_a_double_space_or_comma():
    for questions in (*glasses().values(), *conditions().values()):
        for tip in questions.tips:
            if tip.habit is None:
                continue
            for language in ("nl", "fr", "en"):
                after, do = tip.habit.after.in_language(language), tip.habit.do.in_language(language)
                sentence = habit_sentence(after, do, language)
                assert "  " not in sentence
                assert ",," not in sentence
                assert sentence.count(".") == 1, sentence
