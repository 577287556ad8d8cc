"""One call of the rules: nothing answered, all no, all yes."""

from intake.screening import screen
from tests.bench.timing import medians, tell
from tests.intake.people import ALL_ITEMS, ALL_NO, facts

CALLS = 20


def main():
    milo = facts()
    woman = facts(
        sex="female", age=62, regions="low-back leg neck", duration="6-to-12-weeks", sudden_onset=True
    )
    everything = dict.fromkeys(ALL_ITEMS, "yes")
    cases = {
        "nothing answered": (milo, {}),
        "all no": (milo, ALL_NO),
        "all yes": (milo, everything),
        "all yes, many facts": (woman, everything),
    }
    variants = {
        name: lambda case=case: [screen(*case) for _call in range(CALLS)] for name, case in cases.items()
    }
    found = {name: seconds / CALLS for name, seconds in medians(variants, 200).items()}
    tell(found, against="all no", unit="µs")


if __name__ == "__main__":
    main()
