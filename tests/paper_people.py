"""Plans as they are given: the three people of clinical-brief A10 in three languages, and one that tries everything.

The texts of glasses, conditions and exercises are those of the content files; the habits are their own.
"""

from dataclasses import replace

from django.utils import translation

from exercises.figure import svg
from exercises.library import library, stop_rules
from exercises.poses import figures
from intake.red_flags import red_flags
from plans.library.words import kit_words
from plans.plan_copy import ConditionOnPlan, ExerciseOnPlan, GlassOnPlan, HabitOnPlan, PlanCopy
from tests.paper_french import FRENCH
from triggers.glasses import conditions, glasses


def izabel(language="nl"):
    """Sitting (compensated), stress (giant), poor sleep; she moves enough. Version 2."""
    say = _in(language)
    doing = say("Ik sport 3 avonden per week.", "I exercise 3 evenings a week.")
    return _plan(
        language,
        number=2,
        corrects=1,
        given_name="Izabel",
        full_name="Izabel Claes",
        birth_year=1987,
        strengths=(
            say("Je beweegt genoeg: 3 avonden sport per week.", "You move enough: sport 3 evenings a week."),
            say("Je conditie is goed.", "You are fit."),
        ),
        glasses=(
            _glass(language, "sitting", (2, 3, 8), tips=3, compensated=True, doing=doing),
            _glass(language, "stress", (1, 4, 5), tips=3, size="giant"),
            _glass(language, "poor-sleep", (1, 2), tips=3, fills="bit"),
        ),
        habits=(
            HabitOnPlan(
                after=say("Na elk telefoontje", "After each phone call"),
                do=say("sta ik op en stap ik een rondje", "I get up and walk around the room"),
                where=say("op kantoor", "at the office"),
                how_often=say("elke werkdag", "every working day"),
                small=say("één keer per dag opstaan", "getting up once a day"),
                hangs_on=_label(language, "sitting"),
                begins=True,
            ),
            HabitOnPlan(
                after=say("Na de afwas", "After the washing-up"),
                do=say("schrijf ik op wat in mijn hoofd zit", "I write down what is on my mind"),
                where=say("aan de keukentafel", "at the kitchen table"),
                how_often=say("elke avond", "every evening"),
                small=say("één woord op een briefje", "one word on a slip of paper"),
                hangs_on=_label(language, "stress"),
                begins=True,
            ),
            HabitOnPlan(
                after=say("Na het ontbijt", "After breakfast"),
                do=say("ga ik 10 minuten naar buiten", "I go outside for 10 minutes"),
                where=say("in de tuin", "in the garden"),
                how_often=say("elke ochtend", "every morning"),
                small=say("5 minuten aan het open raam", "5 minutes at the open window"),
                hangs_on=_label(language, "poor-sleep"),
                begins=False,
            ),
            HabitOnPlan(
                after=say("Na het avondeten op zondag", "After dinner on Sunday"),
                do=say("zet ik één fijn ding in mijn agenda", "I put one pleasant thing in my diary"),
                where="",
                how_often=say("elke week", "every week"),
                small="",
                hangs_on=_label(language, "stress"),
                begins=False,
            ),
        ),
        exercises=(
            _exercise(language, "y-diaphragm", hangs_on=_label(language, "stress")),
            _exercise(language, "y-legs-wall", hangs_on=_label(language, "poor-sleep")),
            _exercise(language, "m5", hangs_on=_label(language, "sitting")),
        ),
        note=say(
            "Fijn dat je zo open vertelde over je werk. Begin klein, en wees mild voor jezelf.",
            "Thank you for telling so openly about your work. Start small, and be kind to yourself.",
        ),
    )


def jan(language="nl"):
    """Sitting, and weight and food; a pleasant workplace. One habit to begin with, one exercise."""
    say = _in(language)
    return _plan(
        language,
        given_name="Jan",
        full_name="Jan Verlinden",
        birth_year=1974,
        strengths=(
            say("Je werkt graag, met fijne collega's.", "You like your work and the people there."),
            say("Je werk is haalbaar.", "Your workload is manageable."),
        ),
        glasses=(
            _glass(language, "sitting", (1, 2, 5), tips=3),
            _glass(language, "weight-food", (2, 3, 4), tips=3),
        ),
        habits=(
            HabitOnPlan(
                after=say("Na het avondeten", "After supper"),
                do=say("maak ik een toertje van 10 minuten", "I go for a 10-minute walk"),
                where=say("in de buurt", "in the neighbourhood"),
                how_often=say("elke dag", "every day"),
                small=say("tot de hoek van de straat", "to the corner of the street"),
                hangs_on=_label(language, "weight-food"),
                begins=True,
            ),
            HabitOnPlan(
                after=say("Bij het avondeten", "At supper"),
                do=say(
                    "schep ik eerst mijn halve bord vol groenten",
                    "I first fill half my plate with vegetables",
                ),
                where=say("aan tafel", "at the table"),
                how_often=say("elke avond", "every evening"),
                small=say("één lepel groenten extra", "one extra spoonful of vegetables"),
                hangs_on=_label(language, "weight-food"),
                begins=False,
            ),
        ),
        exercises=(_exercise(language, "m5", hangs_on=_label(language, "sitting")),),
    )


def georgette(language="nl"):
    """Safety net; arthrosis may play a part. Three habits to begin with, no exercise, little that goes well yet."""
    say = _in(language)
    condition = conditions()["arthrosis"]
    return _plan(
        language,
        given_name="Georgette",
        full_name="Georgette Van den Bossche",
        birth_year=1945,
        strengths=(
            say("Je zorgt nog elke dag voor je tuin.", "You still look after your garden every day."),
        ),
        glasses=(_glass(language, "social-net", (1, 5, 7), tips=4),),
        conditions=(
            ConditionOnPlan(
                key="arthrosis",
                version="arthrosis.v1",
                name=condition.name.in_language(language),
                recognised=_sentences(language, condition, (1, 5)),
                why=condition.why.in_language(language),
                tips=tuple(tip.said.in_language(language) for tip in condition.tips[:3]),
            ),
        ),
        habits=(
            HabitOnPlan(
                after=say("Na mijn eerste koffie", "After my first coffee"),
                do=say("bel ik iemand of stuur ik een berichtje", "I call someone or send a message"),
                where="",
                how_often=say("elke dag", "every day"),
                small=say("één buur groeten", "greeting one neighbour"),
                hangs_on=_label(language, "social-net"),
                begins=True,
            ),
            HabitOnPlan(
                after=say("Na het opstaan", "After getting up"),
                do=say("beweeg ik vijf minuten mijn heupen los", "I loosen my hips for five minutes"),
                where=say("naast mijn bed", "beside my bed"),
                how_often=say("elke dag", "every day"),
                small=say("één minuut losbewegen", "one minute of loosening up"),
                hangs_on=condition.name.in_language(language),
                begins=True,
            ),
            HabitOnPlan(
                after=say("Na de koffie op zaterdag", "After coffee on Saturday"),
                do=say("ga ik met Lisette een blokje om", "I go round the block with Lisette"),
                where="",
                how_often=say("elke week", "every week"),
                small=say("samen tot de hoek", "to the corner together"),
                hangs_on=_label(language, "social-net"),
                begins=True,
            ),
        ),
    )


PEOPLE = {"izabel": izabel, "jan": jan, "georgette": georgette}

ABOUT = ("start", "breathing", "feel", "easier", "harder")
LONG = "Rug" * 166 + "je"
HEBREW, ARABIC = "יצחק לוי", "محمد الأمين"


def hostile(language="nl"):
    """40 habits, 13 glasses, a word of 500 letters, markup as text, emoji, names that run to the left."""
    plain = izabel(language)
    habit = plain.habits[0]
    odd = (
        HabitOnPlan(
            after=f"Na {LONG}",
            do="typ ik <b>vet</b> & {{ plan.phone }} {% now %}",
            where="bij Łukasz Żółć en Gülşah İpek Ğ",
            how_often="elke dag 😀 👍🏽 ✓ → ≥ 3",
            small=f"met {HEBREW} en {ARABIC} 👩‍👩‍👧 ❤️",
            hangs_on="Ångström \x07\u202e\ufffe",
            begins=True,
        ),
    )
    later = tuple(replace(habit, do=f"{habit.do} (nr. {at})", begins=at < 3) for at in range(1, 40))
    every = tuple(
        _glass(language, key, (1, 2, 3), tips=4, size=("small", "medium", "giant")[at % 3])
        for at, key in enumerate(glasses())
    )
    return replace(
        plain,
        given_name=HEBREW,
        full_name=f"{HEBREW} {LONG[:120]}",
        practice=f"Praktijk {ARABIC} <script>alert(1)</script>",
        made_by="Dr. Đặng Thị Hồng",
        glasses=every,
        habits=odd + later,
        strengths=(LONG, "😀" * 40, "{{ 7|add:7 }}", ARABIC),
        note="<b>Niet vet</b>\n\n" + "Een heel lang woord volgt. " * 60,
        exercises=plain.exercises * 4,
    )


def bare(language="nl"):
    """Nothing was agreed yet but the plan itself: every part that may be empty is."""
    return replace(
        jan(language), number=0, strengths=(), glasses=(), habits=(), exercises=(), phone="", out_of_hours=""
    )


# --- what they are made of ---


def _in(language):
    return lambda dutch, english: {"nl": dutch, "en": english, "fr": FRENCH[dutch]}[language]


def _label(language, key):
    return glasses()[key].label.in_language(language)


def _sentences(language, questions, places):
    return tuple(questions.statements[place - 1].text.in_language(language) for place in places)


def _glass(language, key, recognised, *, tips, fills="yes", size="medium", compensated=False, doing=""):
    glass = glasses()[key]
    chosen = glass.tips[:tips]
    return GlassOnPlan(
        key=key,
        version=glass.version,
        family=glass.family,
        name=glass.name.in_language(language),
        label=glass.label.in_language(language),
        fills=fills,
        size=size,
        compensated=compensated,
        doing=doing,
        recognised=_sentences(language, glass, recognised),
        why=glass.why.in_language(language),
        tips=tuple(tip.said.in_language(language) for tip in chosen),
        cares=tuple(dict.fromkeys(tip.care.in_language(language) for tip in chosen if tip.care)),
    )


def _exercise(language, key, *, hangs_on):
    exercise, drawing = library()[key], figures()[key]
    with translation.override(language):
        kit = kit_words(exercise.kit)
    one = {name: getattr(exercise, name).in_language(language) for name in ("name", "goal", "dose", *ABOUT)}
    return ExerciseOnPlan(
        **one,
        key=key,
        version=exercise.version,
        kit=kit,
        steps=tuple(step.in_language(language) for step in exercise.steps),
        care=exercise.care.in_language(language) if exercise.care else "",
        stop=" ".join(line.in_language(language) for line in exercise.stop),
        hangs_on=hangs_on,
        figure=svg(drawing),
        figure_alt=drawing.alt.get(language, ""),
    )


def _plan(language, **said):
    say = _in(language)
    rules = stop_rules()
    defaults = {
        "language": language,
        "number": 1,
        "corrects": 0,
        "made_by": "Lieve Peeters",
        "made_on": "2026-11-21",
        "practice": "Rugpraktijk De Linde",
        "phone": "03 555 12 34",
        "out_of_hours": say("Bel de huisarts van wacht op 1733.", "Call the doctor on duty on 1733."),
        "emergency": "112",
        "conditions": (),
        "exercises": (),
        "stop_rules": tuple(rule.in_language(language) for rule in rules.stop_rules),
        "pain_rule": rules.pain_rule.in_language(language),
        "suddenly_worse": red_flags().suddenly_worse.in_language(language),
        "note": "",
        "link": "https://plan.example.org/x/abcdefghijklmnopqrstuvwxyz012345/"
        if said.get("exercises")
        else "",
    }
    return PlanCopy(**defaults | said)
