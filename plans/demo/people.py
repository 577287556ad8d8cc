"""Who stands in the demo: staff and patients as data. Every name and story is invented."""

from dataclasses import dataclass, field

PRACTICE = {
    "name": "Chiropractie De Linde",
    "country": "BE",
    "default_language": "nl",
    "phone": "015 55 01 23",
    "email": "onthaal@delinde.example",
    "on_call_email": "wacht@delinde.example",
    "out_of_hours": "Bel de huisarts van wacht op 1733.",
}

PASSWORD = "demo-glas-emmer-2026"

# e-mail, name, roles
STAFF = (
    ("eigenaar@delinde.example", "An Verlinden", ("owner",)),
    ("ann.claes@delinde.example", "Ann Claes", ("practitioner",)),
    ("bram.wouters@delinde.example", "Bram Wouters", ("practitioner", "owner")),
    ("onthaal@delinde.example", "Lies Pauwels", ("desk",)),
)

# What somebody tells who has nothing special: the page forms' own field names.
USUAL = {
    "sex": "female",
    "pregnant": "no",
    "phone": "0470 55 01 23",
    "gp": "",
    "regions": ["low-back"],
    "worst_place": "",
    "own_words": "",
    "cannot_do": "",
    "duration": "over-3-months",
    "onset_age": "",
    "first_episode": "no",
    "sudden_onset": "no",
    "recent_fall": "no",
    "changes_with_movement": "yes",
    "course": "same",
    "pain_now": "4",
    "worst_pain": "6",
    "blood_thinners": "no",
    "smoker": "no",
    "high_blood_pressure": "no",
    "spine_procedure_3_months": "no",
}


@dataclass(frozen=True)
class Person:
    """One demo patient: who, when they come (days from today, hour), what they answer, and how far they get.

    A negative day is in the past: then everything before it happens on that day too.
    `stop` is the name of the page before which they put the phone away; '' goes to the end.
    """

    given_name: str
    family_name: str
    birth_date: str
    state: str
    day: int | None
    hour: int = 9
    minute: int = 0
    language: str = "nl"
    email: str = ""
    told: dict = field(default_factory=dict)
    red: dict = field(default_factory=dict)
    stop: str = ""
    decide: str = ""


PEOPLE = (
    # The three example patients of the method (clinical-brief A10).
    Person(
        "Izabel",
        "Janssens",
        "1989-04-12",
        "planned",
        day=0,
        hour=9,
        email="izabel@patient.example",
        told={
            "regions": ["neck", "upper-back"],
            "worst_place": "neck",
            "own_words": "Ik werk de hele dag aan de computer. Tegen de avond zitten mijn nek en schouders vast. "
            "Ik sport drie avonden per week. Op het werk is het druk en ’s nachts lig ik te piekeren.",
            "cannot_do": "Een hele dag werken zonder stijve nek.",
            "onset_age": "34",
            "gp": "dr. Peeters, Mechelen",
        },
    ),
    Person(
        "Jan",
        "De Wit",
        "1974-09-30",
        "planned",
        day=0,
        hour=10,
        email="jan@patient.example",
        told={
            "sex": "male",
            "own_words": "Zeurende pijn onder in mijn rug. Ik zit veel, ook thuis met een boek. Sporten is niets "
            "voor mij en ik weeg 30 kilo te veel.",
            "cannot_do": "Lang rechtstaan op een receptie.",
            "onset_age": "45",
            "course": "same",
            "pain_now": "5",
        },
    ),
    Person(
        "Georgette",
        "Van Damme",
        "1944-03-07",
        "planned",
        day=0,
        hour=11,
        told={
            "own_words": "Sinds mijn man er niet meer is, zit ik de hele dag in mijn zetel. Mijn zoon woont in "
            "Amerika. Mijn rug is stijf en ik kom haast niet meer buiten.",
            "cannot_do": "Naar de markt gaan en een praatje slaan.",
            "onset_age": "60",
            "pain_now": "6",
            "worst_pain": "7",
            "gp": "dr. Smets, Bonheiden",
        },
    ),
    # One patient per state besides. Mieke has sent everything and waits for her consult.
    Person(
        "Mieke",
        "Lambrechts",
        "1980-10-03",
        "passed",
        day=0,
        hour=13,
        minute=30,
        email="mieke@patient.example",
        told={
            "regions": ["neck"],
            "own_words": "Sinds een kleine aanrijding vorig jaar hou ik mijn nek stijf. Ik durf haast niet meer te "
            "fietsen.",
            "cannot_do": "Met de fiets naar mijn werk.",
            "onset_age": "45",
        },
    ),
    Person("Sofie", "Maes", "2001-06-21", "invited", day=2, hour=14, email="sofie@patient.example"),
    Person(
        "Karim",
        "El Amrani",
        "1992-05-14",
        "half-filled-in",
        day=1,
        hour=9,
        language="en",
        email="karim@patient.example",
        told={
            "sex": "male",
            "duration": "under-6-weeks",
            "own_words": "Since I moved house my low back is stiff.",
        },
        stop="toilet-legs",
    ),
    Person(
        "Rosa",
        "Martens",
        "1968-11-02",
        "blocked-now",
        day=0,
        hour=15,
        email="rosa@patient.example",
        told={
            "regions": ["low-back", "leg"],
            "worst_place": "leg",
            "duration": "under-6-weeks",
            "own_words": "Sinds zondag straalt het uit in allebei mijn benen.",
            "course": "worse",
            "pain_now": "8",
            "worst_pain": "9",
        },
        red={"rf2-saddle": "yes", "rf2-saddle.new": "yes"},
    ),
    Person(
        "Luc",
        "Hendrickx",
        "1959-01-18",
        "blocked",
        day=1,
        hour=11,
        told={"sex": "male", "own_words": "Nieuwe rugpijn, ook ’s nachts.", "duration": "6-to-12-weeks"},
        red={"rf1-cancer-history": "yes"},
    ),
    Person(
        "Nele",
        "Aerts",
        "1995-08-09",
        "hold",
        day=3,
        hour=16,
        email="nele@patient.example",
        told={"pregnant": "yes", "own_words": "Ik ben 5 maanden zwanger en mijn bekken doet pijn."},
    ),
    Person(
        "Paul",
        "Goossens",
        "1963-12-24",
        "cleared",
        day=4,
        hour=10,
        minute=30,
        told={"sex": "male", "own_words": "Oude kwaal, ik ken ze.", "blood_thinners": "yes"},
        decide="known-and-assessed",
    ),
    Person(
        "Hilde",
        "Bogaerts",
        "1957-02-15",
        "referred",
        day=5,
        hour=9,
        told={"own_words": "Moe en vermagerd de laatste maanden.", "duration": "6-to-12-weeks"},
        red={"rf1-weight-loss": "yes"},
        decide="gp",
    ),
    Person(
        "Wim",
        "Declercq",
        "1985-05-27",
        "planned",
        day=6,
        hour=8,
        minute=30,
        told={
            "sex": "male",
            "own_words": "Ik werk in de bouw. Na een zware week krijg ik mijn rug niet meer recht.",
            "cannot_do": "Met mijn zoon voetballen.",
            "smoker": "no",
        },
    ),
    Person(
        "Fatima",
        "Benali",
        "1976-07-19",
        "visit-4",
        day=-21,
        hour=16,
        told={
            "own_words": "Ik zorg thuis voor mijn moeder. Na het tillen doet mijn onderrug pijn.",
            "cannot_do": "Mijn moeder uit bed helpen zonder pijn.",
        },
    ),
)
