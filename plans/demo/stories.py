"""What the demo's patients recognised, and the plans that their practitioner made with them. Invented, word for word.

The three example patients circle what clinical-brief A10 gives them and nothing else. Some of them recognise a sentence
of another glass and still say no: the patient decides, never a count.
"""

from dataclasses import dataclass, field

# The book's own three; their plans lie in demo-output/.
EXAMPLES = ("Izabel", "Jan", "Georgette")


@dataclass(frozen=True)
class ToldGlass:
    """Numbers of the sentences recognised, whether it fills the bucket, its size, and what is done about it already."""

    recognised: tuple[int, ...] = ()
    fills: str = "no"
    size: str = "medium"
    doing: str = ""


@dataclass(frozen=True)
class Habit:
    """One Bucketlist item. `hangs` is 'glass:stress', 'condition:arthrosis' or 'moving:'."""

    after: str
    do: str
    how_often: str
    hangs: str
    where: str = ""
    small: str = ""
    begins: bool = True


@dataclass(frozen=True)
class Built:
    """An activity that is built up: measured three times, to a goal in so many weeks."""

    activity: str
    measured: tuple[int, int, int]
    goal: int
    weeks: int
    unit: str = "minutes"


@dataclass(frozen=True)
class PlanStory:
    """What the composer is given: strengths besides the patient's own, tips per glass, exercises, habits, a word.

    `build_up` is what goes up week by week, or None.
    """

    strengths: tuple[str, ...] = ()
    tips: dict[str, tuple[str, ...]] = field(default_factory=dict)
    exercises: dict[str, str] = field(default_factory=dict)
    habits: tuple[Habit, ...] = ()
    build_up: Built | None = None
    note: str = ""


@dataclass(frozen=True)
class Visit:
    """A treatment `days` after the first one; `better` in percent."""

    days: int
    better: int
    note: str


GLASSES = {
    "Izabel": {
        "sitting": ToldGlass((1, 2, 4, 8), "yes", doing="Ik sport drie avonden per week."),
        "hydration": ToldGlass((1,)),
        "stress": ToldGlass((1, 2, 5), "yes", "giant"),
        "poor-sleep": ToldGlass((1, 3), "yes"),
    },
    "Jan": {
        "sitting": ToldGlass((1, 2, 3), "yes"),
        "weight-food": ToldGlass((1, 2, 4), "yes"),
    },
    "Georgette": {
        "sitting": ToldGlass((1,)),
        "thoughts-emotions": ToldGlass((5,)),
        "social-net": ToldGlass((1, 3, 5), "yes"),
    },
    "Mieke": {
        "movement-change": ToldGlass((1, 7, 8), "yes"),
        "thoughts-emotions": ToldGlass((1, 2, 3), "yes", "giant"),
        "hydration": ToldGlass((2,), "bit", "small", doing="Ik zet sinds kort een fles op mijn bureau."),
    },
    "Wim": {
        "heavy-work": ToldGlass((1, 4, 6, 7), "yes", "giant"),
        "keep-going": ToldGlass((1, 2, 5), "bit"),
    },
    "Fatima": {
        "heavy-work": ToldGlass((1, 2), "yes"),
        "self-care": ToldGlass((1, 4, 8), "yes"),
    },
}

CONDITIONS = {
    "Georgette": {"arthrosis": (1, 2, 3)},
}

PLANS = {
    "Izabel": PlanStory(
        strengths=("Je beweegt genoeg, en dat vangt veel zitten op.",),
        tips={
            "sitting": ("sitting-stand-up",),
            "stress": ("stress-three-tasks", "stress-share"),
            "poor-sleep": ("poor-sleep-worries", "poor-sleep-screens"),
        },
        exercises={"r1": "glass:stress", "y-count-20": "glass:poor-sleep", "s11": "glass:sitting"},
        habits=(
            Habit(
                "Zodra ik mijn computer afsluit",
                "adem ik 5 keer rustig en lang uit",
                "elke werkdag",
                "glass:stress",
                where="aan mijn bureau",
                small="één keer lang uitademen",
            ),
            Habit(
                "Na de afwas",
                "schrijf ik 5 minuten op wat in mijn hoofd zit",
                "elke avond",
                "glass:poor-sleep",
                where="aan de keukentafel",
                small="één zin opschrijven",
            ),
            Habit(
                "Bij elk telefoontje",
                "sta ik recht en stap ik wat rond",
                "elke werkdag",
                "glass:sitting",
                where="op kantoor",
                small="één keer per dag rechtstaan",
                begins=False,
            ),
        ),
        note="Je doet al veel. Deze maand kiezen we niet voor méér, maar voor rust ertussen.",
    ),
    "Jan": PlanStory(
        strengths=(
            "Je doet je werk graag, en het is haalbaar.",
            "Je hebt een goede band met je collega’s.",
        ),
        tips={
            "sitting": ("sitting-phone", "sitting-vary"),
            "weight-food": ("weight-food-plate", "weight-food-in-sight"),
        },
        exercises={"walk": "moving:", "y-chair-squat": "glass:weight-food"},
        habits=(
            Habit(
                "Na het avondeten",
                "stap ik tot aan de kerk en terug, met een luisterboek",
                "4 keer per week",
                "moving:",
                where="in het dorp",
                small="tot aan de hoek van de straat",
            ),
            Habit(
                "Na elk hoofdstuk",
                "sta ik op en rek ik me uit",
                "elke dag",
                "glass:sitting",
                where="thuis",
                small="één keer per avond opstaan",
            ),
            Habit(
                "Na de boodschappen",
                "zet ik het fruit op tafel en de koekjes uit het zicht",
                "elke week",
                "glass:weight-food",
                where="in de keuken",
                small="één stuk fruit op tafel",
            ),
            Habit(
                "Als mijn zus op zondag komt",
                "koken we samen iets met veel groenten",
                "elke zondag",
                "glass:weight-food",
                begins=False,
            ),
        ),
        build_up=Built("wandelen met een luisterboek", (22, 28, 25), 40, 5),
        note="Sporten hoeft niet. Een wandeling met een goed boek in je oren telt ook.",
    ),
    "Georgette": PlanStory(
        strengths=(
            "Je belt elke zondag met je zoon in Amerika.",
            "Je kookt nog elke dag vers voor jezelf.",
        ),
        tips={
            "social-net": ("social-net-one-contact", "social-net-walk-together", "social-net-grief"),
        },
        exercises={"m5": "condition:arthrosis", "walk": "glass:social-net"},
        habits=(
            Habit(
                "Na mijn eerste koffie",
                "bel ik iemand die ik graag hoor",
                "elke dag",
                "glass:social-net",
                where="in mijn zetel",
                small="even zwaaien naar de buurvrouw",
            ),
            Habit(
                "Na het middagnieuws",
                "maak ik een toertje met Maria van hiernaast",
                "3 keer per week",
                "glass:social-net",
                where="rond het plein",
                small="samen tot aan de poort",
            ),
            Habit(
                "Na de markt op vrijdag",
                "loop ik even binnen in het dienstencentrum",
                "elke week",
                "glass:social-net",
                begins=False,
            ),
        ),
        build_up=Built("rondjes rond het plein, met Maria", (3, 4, 3), 6, 6, unit="times"),
        note="Kleine stapjes, Georgette, en niet alleen. Tot volgende week.",
    ),
    "Wim": PlanStory(
        strengths=("Je kent je stiel en je collega’s helpen graag.",),
        exercises={"m7": "glass:heavy-work", "c1": "glass:heavy-work", "y-ten-breaths": "glass:keep-going"},
        habits=(
            Habit(
                "Voor de eerste lading",
                "warm ik mij 3 minuten op",
                "elke werkdag",
                "glass:heavy-work",
                where="op de werf",
                small="10 keer door de knieën",
            ),
            Habit(
                "Na het middageten",
                "blijf ik een kwartier zitten zonder gsm",
                "elke werkdag",
                "glass:keep-going",
                small="5 minuten",
            ),
        ),
    ),
    "Fatima": PlanStory(
        strengths=("Je zorgt met veel liefde voor je moeder.",),
        exercises={"y-chair-squat": "glass:heavy-work", "r2": "glass:self-care"},
        habits=(
            Habit(
                "Als mijn moeder haar dutje doet",
                "drink ik een kop thee in de tuin",
                "elke dag",
                "glass:self-care",
                where="in de tuin",
                small="5 minuten aan het open raam",
            ),
            Habit(
                "Voor ik iets zwaars neem",
                "kijk ik of het in 2 keer kan",
                "elke dag",
                "glass:heavy-work",
            ),
        ),
    ),
}

VISITS = {
    "Fatima": (
        Visit(0, 10, "Eerste behandeling, lage rug. Daarna even losser."),
        Visit(7, 30, "Twee goede dagen, daarna weer zoals ervoor."),
        Visit(14, 35, "Moeder uit bed geholpen, ’s avonds meer pijn."),
        Visit(21, 35, "Zelfde beeld: enkele dagen beter, dan terug."),
    ),
}
