"""A habit as one correct sentence: 'Na het ontbijt stap ik een rondje.' Pure Python."""

import re

# A clause in front takes a comma; 'after breakfast' takes none, but in French every opening takes one.
CLAUSES = {
    "nl": r"als|zodra|wanneer|telkens|terwijl|nadat|voordat|(?:voor|na) (?:ik|we)|elke keer|iedere keer",
    "en": r"when|whenever|as soon as|once|while|every time|each time|if|(?:before|after) (?:i|we)",
    "fr": r"",
}
ENDS = (".", "!", "?", "…")


def habit_sentence(after: str, do: str, language: str) -> str:
    """`after` and `do` read back as one sentence with a capital and a full stop; '' when both are empty."""
    opening, action = after.strip().rstrip(",.;"), do.strip()
    clause = re.match(rf"(?:{CLAUSES.get(language, CLAUSES['en'])})\b", opening, re.IGNORECASE)
    joint = ", " if opening and clause else " "
    words = (opening + joint + action).strip(" ,")
    if not words:
        return ""
    return words[0].upper() + words[1:] + ("" if words.endswith(ENDS) else ".")
