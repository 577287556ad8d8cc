"""Worklist and search in a small database and in one of a million intakes of 50 practices, on PostgreSQL.

    python -m tests.bench.bench_worklist [--intakes 1000000] [--patients 100000]

Two throw-away databases are made on the server of TEST_DATABASE_URL, or on one that lives as long as this runs, and
filled by the server itself. In both, the practice that is looked at has the same week before it, so that both pages
show fifty people; in the large one 20,000 intakes stand behind it, none of them closed, 500 with a flag that nobody
decided, and 100,000 patients. Printed are milliseconds, ratios, queries, and what a plan reads row by row.
"""

import argparse
import contextlib
import datetime
import os
import re
import secrets
import sys
import time

PRACTICES = 50
ROUNDS = 20
MOST = 1.5  # what may be asked, as a ratio; 1.2 is what we want
SMALL = {"intakes": 1_000, "own": 240, "undecided": 60, "patients": 400, "people": 150}
# Tables whose size grows with the work that is done. What stands still may be read row by row.
GROWING = re.compile(r"Seq Scan on ((?:intake|triggers|plans)_\w+)")
GIVEN = [
    "Jan",
    "Marie",
    "An",
    "Peter",
    "Els",
    "Luc",
    "Rita",
    "Marc",
    "Lieve",
    "Jozef",
    "Greet",
    "Koen",
    "Hilde",
    "Bart",
    "Wim",
    "Nele",
    "Tom",
    "Sofie",
    "Pieter",
    "Lotte",
    "Georgette",
    "Jean-Pierre",
    "Karel",
    "Bram",
    "Jana",
    "Joke",
    "Milo",
    "Izabel",
    "Søren",
    "Zoë",
    "Chloé",
    "Noël",
    "Ömer",
    "Aïcha",
    "Wannes",
]
FAMILY = [
    "Peeters",
    "Janssens",
    "Maes",
    "Jacobs",
    "Mertens",
    "Willems",
    "Claes",
    "Goossens",
    "Wouters",
    "De Smet",
]
BEGINS = [
    "Van den ",
    "Van de ",
    "De ",
    "D'",
    "Ver",
    "Van ",
    "Vander",
    "Op de ",
    "Ka",
    "Bo",
    "Dela",
    "Mo",
    "Ru",
    "Sta",
]
ENDS = [
    "man",
    "mans",
    "aert",
    "aerts",
    "el",
    "els",
    "inck",
    "en",
    "ens",
    "sen",
    "broeck",
    "berghe",
    "straeten",
    "poel",
]
TYPED = ("jan", "jan pee", "peeters 1979", "van den br", "vandenbr", "3-5-1979", "j", "marie de", "zzz")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--intakes", type=int, default=1_000_000)
    arguments.add_argument("--patients", type=int, default=100_000, help="of the practice that is looked at")
    told = arguments.parse_args()
    own = told.intakes // PRACTICES
    large = {
        "intakes": told.intakes,
        "own": own,
        "undecided": own // 40,
        "patients": told.patients + told.intakes // 4,
        "people": told.patients,
    }
    from tests import servers

    with servers.postgresql() as address:
        if not address:
            sys.exit("No PostgreSQL here.")
        os.environ["TEST_DATABASE_URL"] = address
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backup_plan_site.settings.test")
        import django

        django.setup()
        from django.test.utils import setup_test_environment

        setup_test_environment()
        with _database("small", SMALL) as small, _database("large", large) as large:
            measure(small, large)


@contextlib.contextmanager
def _database(name, sizes):
    """A filled throw-away database: (connection, cast). It is dropped afterwards."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.utils import load_backend

    from tests.cast import build_staff

    server = connections["default"]
    settings = {**server.settings_dict, "NAME": f"backup_plan_bench_{name}_{secrets.token_hex(4)}"}
    quoted = server.ops.quote_name(settings["NAME"])
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted}")
    own = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    try:
        with on(own):
            begun = time.perf_counter()
            call_command("migrate", verbosity=0)
            cast = build_staff()
            fill(own, cast, sizes)
            print(
                f"{name}: {sizes['intakes']:,} intakes made in {time.perf_counter() - begun:.0f} s",
                flush=True,
            )
        yield own, cast
    finally:
        own.close()
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


@contextlib.contextmanager
def on(connection):
    """Let everything in this process ask `connection`."""
    from django.db import connections

    before = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = before


def fill(connection, cast, sizes):
    """Write practices, patients and intakes by a handful of statements. Practice A of the cast is the one looked at."""
    from backup_plan_site.staff.models import Practice
    from intake.search_words import words_of
    from triggers.glasses import GLASSES

    Practice.objects.bulk_create(Practice(name=f"Praktijk {number}") for number in range(PRACTICES - 2))
    families = FAMILY * 20 + [begin + end for begin in BEGINS for end in ENDS]
    never = datetime.date(1, 1, 1)

    def words(names, place):
        return [
            sorted(words_of(*(name if at == place else "" for at in (0, 1)), never))[1:] for name in names
        ]

    values = {
        **sizes,
        "a": cast.a.pk,
        "user": cast.people["practitioner_a"].pk,
        "given": GIVEN,
        "family": families,
        "given_words": [" ".join(one) for one in words(GIVEN, 0)],
        "family_words": [" ".join(one) for one in words(families, 1)],
        "glasses": list(GLASSES),
        "others": list(Practice.objects.exclude(pk=cast.a.pk).order_by("pk").values_list("pk", flat=True)),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no check of every key: it is all made here
        cursor.execute(DEFAULTS)
        for statement in FILLING.split(";\n"):
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


# What the filling below says nothing of is empty, so that a new column does not stop it.
DEFAULTS = """
DO $$ DECLARE one record; BEGIN
FOR one IN SELECT table_name, column_name, CASE data_type
        WHEN 'uuid' THEN 'gen_random_uuid()' WHEN 'jsonb' THEN $j$'[]'$j$ WHEN 'boolean' THEN 'false'
        WHEN 'timestamp with time zone' THEN 'now()' WHEN 'date' THEN 'current_date'
        WHEN 'text' THEN $j$''$j$ WHEN 'character varying' THEN $j$''$j$ ELSE '0' END AS empty
    FROM information_schema.columns
    WHERE table_name ~ '^(intake|triggers|plans)_' AND is_nullable = 'NO' AND is_identity = 'NO'
      AND column_name !~ '_id$'
LOOP EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET DEFAULT %s', one.table_name, one.column_name, one.empty);
END LOOP; END $$
"""
# The first `own` intakes and the first `people` patients are of practice A. Of its intakes the first 60 come this week
# and went all the way to a plan; the next `undecided` have an open flag; the rest is past, and still open. The first
# patients have the names that are searched for, so that both databases show as many.
FILLING = """
SELECT setseed(0.5);
INSERT INTO intake_patient (practice_id, given_name, family_name, birth_date, language)
SELECT CASE WHEN n <= %(people)s THEN %(a)s ELSE (%(others)s::bigint[])[1 + n %% cardinality(%(others)s::bigint[])] END,
       CASE n / 25 WHEN 0 THEN 'Jan' WHEN 1 THEN 'Marie'
                   ELSE (%(given)s::text[])[1 + floor(random() * cardinality(%(given)s::text[]))] END,
       CASE n / 25 WHEN 0 THEN 'Peeters' WHEN 1 THEN 'De Smet' WHEN 2 THEN 'Van den broeck'
                   ELSE (%(family)s::text[])[1 + floor(random() * cardinality(%(family)s::text[]))] END,
       CASE n / 25 WHEN 0 THEN date '1979-05-03' ELSE date '1930-01-01' + floor(random() * 29000)::int END, 'nl'
FROM generate_series(1, %(patients)s) n;
INSERT INTO intake_patientword (practice_id, patient_id, word)
SELECT DISTINCT p.practice_id, p.id, w
FROM intake_patient p
JOIN unnest(%(given)s::text[], %(given_words)s::text[]) g(name, words) ON g.name = p.given_name
JOIN (SELECT DISTINCT * FROM unnest(%(family)s::text[], %(family_words)s::text[]) f(name, words)) f
     ON f.name = p.family_name
CROSS JOIN LATERAL unnest(string_to_array(g.words || ' ' || f.words, ' ') || p.birth_date::text) w;
INSERT INTO intake_intake (practice_id, patient_id, practitioner_id, appointment_at, language, opened_at,
                           look_again_since)
SELECT p.practice_id, p.id, CASE WHEN n <= %(own)s THEN %(user)s END,
       CASE WHEN n <= 60 THEN now() + n * interval '2 hours'
            WHEN n %% 5 = 0 THEN NULL
            WHEN n %% 50 = 1 THEN now() + (8 + n %% 90) * interval '1 day'
            ELSE now() - (1 + n %% 3600) * interval '1 day' END,
       'nl', CASE WHEN n %% 20 > 0 THEN now() END, CASE WHEN n %% 500 = 499 THEN now() END
FROM generate_series(1, %(intakes)s) n
JOIN intake_patient p ON p.id = CASE WHEN n <= %(own)s THEN 1 + n %% %(people)s
                                     ELSE 1 + %(people)s + n %% (%(patients)s - %(people)s) END
ORDER BY n;
INSERT INTO intake_screening (practice_id, intake_id, number, state, sent_at, unhandled)
SELECT practice_id, id, round, CASE WHEN open THEN 'blocked' ELSE 'passed' END, now(),
       CASE WHEN open THEN CASE WHEN id %% 100 = 0 THEN 0 WHEN id %% 10 = 0 THEN 1 WHEN id %% 2 = 0 THEN 2 ELSE 3 END
            ELSE 9 END
FROM (SELECT i.id, i.practice_id, round, round = CASE WHEN i.id %% 10 = 0 THEN 2 ELSE 1 END
             AND CASE WHEN i.id <= %(own)s THEN i.id > 60 AND i.id <= 60 + %(undecided)s ELSE i.id %% 40 = 0 END AS open
      FROM intake_intake i, generate_series(1, CASE WHEN i.id %% 10 = 0 THEN 2 ELSE 1 END) round) rounds;
INSERT INTO intake_invitation (practice_id, intake_id, channel, state, token_hash, mailed_at)
SELECT practice_id, id, 'email', 'active', md5(id::text), now() FROM intake_intake;
INSERT INTO intake_respondent (practice_id, intake_id, who, way, helper_name, relation)
SELECT practice_id, id, CASE WHEN id %% 10 = 0 THEN 'for' ELSE 'self' END, 'link',
       CASE WHEN id %% 10 = 0 THEN 'Lut' ELSE '' END, CASE WHEN id %% 10 = 0 THEN 'child' ELSE '' END
FROM intake_intake;
INSERT INTO intake_answer (practice_id, screening_id, key, respondent_id)
SELECT s.practice_id, s.id, 'sex', r.id
FROM intake_screening s JOIN intake_respondent r ON r.intake_id = s.intake_id WHERE s.intake_id %% 10 = 0;
INSERT INTO intake_notice (practice_id, intake_id, kind, handled_at)
SELECT practice_id, id, 'link-locked', CASE WHEN id %% 5000 > 30 THEN now() END
FROM intake_intake WHERE id %% 30 = 0;
INSERT INTO triggers_glassquestionnaire (practice_id, intake_id, language, lesson_read_at, sent_at)
SELECT practice_id, id, 'nl', now(), now()
FROM intake_intake WHERE id <= 60 OR (id > 60 + %(undecided)s AND id %% 3 > 0);
INSERT INTO triggers_glassanswer (practice_id, questionnaire_id, glass, fills, size)
SELECT q.practice_id, q.id, glass, 'yes', 'medium'
FROM triggers_glassquestionnaire q, unnest(%(glasses)s::text[]) glass
WHERE q.intake_id <= 60 OR q.intake_id %% 10 = 0;
INSERT INTO triggers_conditionanswer (practice_id, questionnaire_id, condition, nothing_fits)
SELECT practice_id, id, 'hernia', true FROM triggers_glassquestionnaire WHERE intake_id %% 10 = 0;
INSERT INTO plans_plan (practice_id, intake_id)
SELECT practice_id, intake_id FROM triggers_glassquestionnaire WHERE intake_id <= 60 OR intake_id %% 2 = 0;
INSERT INTO plans_release (practice_id, plan_id, number, language, screening_id, screening_state, by_id)
SELECT p.practice_id, p.id, 1, 'nl', s.id, 'passed', %(user)s
FROM plans_plan p JOIN intake_screening s ON s.intake_id = p.intake_id AND s.number = 1;
INSERT INTO plans_visit (practice_id, intake_id, "on", better, by_id)
SELECT practice_id, id, current_date - 40 + v, 40, %(user)s
FROM intake_intake, generate_series(1, CASE WHEN id %% 500 = 499 THEN 4 WHEN id %% 4 = 0 THEN 1 ELSE 0 END) v;
INSERT INTO plans_visitchoice (practice_id, intake_id, visit_id, steps, explanation, by_id)
SELECT practice_id, intake_id, id, '["lists"]', 'x', %(user)s FROM plans_visit WHERE intake_id %% 40 = 0
"""


def measure(small, large):
    from django.urls import reverse

    from plans.demo.filling import Hands
    from tests.bench.timing import medians
    from tests.cast import log_in

    clients = {}
    for name, (connection, cast) in (("small", small), ("large", large)):
        with on(connection):
            clients[name] = {
                who: log_in(Hands(), cast.people[f"{who}_a"]) for who in ("practitioner", "desk")
            }
    connections = {"small": small[0], "large": large[0]}

    def asking(size, path, who="practitioner", typed=None):
        def ask():
            with on(connections[size]):
                client = clients[size][who]
                answer = client.post(path, {"q": typed}) if typed else client.get(path)
                assert answer.status_code == 200, answer.status_code
                return answer

        return ask

    worklist, patients = reverse("desk:worklist"), reverse("desk:patients")
    pages = {
        **{
            f"worklist, {show}": {"path": f"{worklist}?show={show}"}
            for show in ("week", "today", "todo", "all")
        },
        "worklist, week, of the desk": {"path": worklist, "who": "desk"},
        "patients": {"path": patients, "who": "desk"},
        **{f"search for {typed!r}": {"path": patients, "who": "desk", "typed": typed} for typed in TYPED},
    }
    faults = []
    print(f"\n{'':32} {'small':>9} {'large':>9} {'ratio':>7}  queries  rows shown")
    for name, page in pages.items():
        calls = {size: asking(size, **page) for size in connections}
        found = medians(calls, ROUNDS)
        queries, shown = _queries(connections, calls), {size: _rows(calls[size]()) for size in calls}
        ratio = found["large"] / found["small"]
        print(
            f"{name:32} {found['small'] * 1e3:6.1f} ms {found['large'] * 1e3:6.1f} ms {ratio:6.2f} ×"
            f"   {len(queries['small'])}, {len(queries['large'])}   {shown['small']}, {shown['large']}",
            flush=True,
        )
        if ratio > MOST:
            faults.append(f"{name}: {ratio:.2f} ×")
        if len(queries["small"]) != len(queries["large"]):
            faults.append(f"{name}: another number of queries")
        faults += [f"{name}: {line}" for line in read_row_by_row(connections["large"], queries["large"])]
    print("\nAll within bounds." if not faults else "\nTOO MUCH\n" + "\n".join(dict.fromkeys(faults)))


def _queries(connections, calls):
    from django.test.utils import CaptureQueriesContext

    found = {}
    for size, connection in connections.items():
        with CaptureQueriesContext(connection) as asked:
            calls[size]()
        # Now and then a session notes that somebody was here; that belongs to the clock and not to the page.
        found[size] = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT")]
    return found


def _rows(answer):
    """How many intakes or patients a page shows."""
    return len(re.findall(rb'data-row="|<li><a href="/desk/patients/[0-9a-f-]{36}/">', answer.content))


def read_row_by_row(connection, queries):
    """The growing tables that a plan of `queries` reads from the first row to the last."""
    found = []
    for sql in queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + sql)
            plan = "\n".join(line for (line,) in cursor.fetchall())
        found += [f"{match[1]} is read row by row" for match in GROWING.finditer(plan)]
    return found


if __name__ == "__main__":
    main()
