"""Part B for tests: patients who recognised something, by the same verbs as the pages use.

    story = told(sent(practice), {"stress": {"recognised": [1, 5], "fills": "yes", "size": "giant"}})

Glasses that are not named are answered with an outspoken no.
"""

from triggers import actions
from triggers.glasses import CONDITIONS, GLASSES

# Clinical-brief A10: what the three example patients circle, and nothing else.
IZABEL = {
    "sitting": {"recognised": [1, 2, 4, 8], "fills": "yes", "doing": "Ik sport drie avonden per week."},
    "stress": {"recognised": [1, 2, 5], "fills": "yes", "size": "giant"},
    "poor-sleep": {"recognised": [1, 3], "fills": "yes"},
}
JAN = {
    "sitting": {"recognised": [1, 2, 3], "fills": "yes"},
    "weight-food": {"recognised": [1, 2, 4], "fills": "yes"},
}
GEORGETTE = {"social-net": {"recognised": [1, 3, 5], "fills": "yes"}}


def begun(story):
    """The questionnaire of a patient who has read the lesson."""
    questionnaire = actions.begin(story.actor, story.intake)
    actions.read_lesson(story.actor, questionnaire)
    return questionnaire


def told(story, glasses=None, conditions=None, *, missing="", rest="no", send=True):
    """Let `story` answer both conditions and all 13 glasses and send them. `rest` is '' for glasses left unopened."""
    questionnaire, glasses, conditions = begun(story), glasses or {}, conditions or {}
    for key in CONDITIONS:
        ids = [f"{key}-{number}" for number in conditions.get(key, ())]
        actions.save_condition(story.actor, questionnaire, key, recognised=ids, nothing_fits=not ids)
    shelf = {}
    for key in GLASSES:
        if key not in glasses and not rest:
            continue
        one = glasses.get(key, {"fills": rest})
        ids = [f"{key}-{number}" for number in one.get("recognised", ())]
        actions.save_glass(
            story.actor,
            questionnaire,
            key,
            recognised=ids,
            nothing_fits=not ids,
            fills=one["fills"],
            filter_answer="yes" if key == "smoking" and ids else "no" if key == "smoking" else "",
        )
        if one["fills"] in ("yes", "bit"):
            shelf[key] = {
                "size": one.get("size", "medium"),
                "compensated": bool(one.get("doing")),
                "own_words": one.get("doing", ""),
            }
    actions.save_shelf(story.actor, questionnaire, glasses=shelf, missing=missing)
    if send:
        actions.send_glasses(story.actor, questionnaire)
    return story
