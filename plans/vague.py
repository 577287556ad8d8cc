"""A vague action made friendly and concrete: 'meer bewegen' becomes a question. Pure Python: no Django, no files.

What somebody types as an action is vague when it holds words from the content (`content/vague.v1.toml`) and names no
amount and no moment. Then a question is offered with an example; nothing is refused, and nothing typed is changed. A
vague action is hard to link to an ingrained habit (clinical-brief A11); which words are vague is ours (GK).

    wandel ik 10 minuten             concrete: an amount
    elke dag een glas water drinken  concrete: an amount in words
    sporten op maandag               concrete: a moment
    elke dag meer bewegen            vague: how much is more?
    's avonds minder gsm             vague: a moment, but how much less?
    10 kilo afvallen                 vague: a result and not an action
    sporten als ik tijd heb          vague: that moment is never there
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

# --- the words of a language, written as `_folded` leaves them: small letters, no accents ------------

# With 'a' or 'one' before it each of these is an amount.
UNITS = {
    "nl": r"uur(?:tje)?|minuut(?:je)?|kwartier(?:tje)?|seconde|keer|maal|glas|glaasje|kop(?:je)?|tas(?:je)?|"
    r"fles(?:je)?|kom|liter|stuk|portie|handvol|lepel|bord|appel|blok(?:je)?|ronde|rondje|toer(?:tje)?|baantje|lengte|halte|"
    r"verdieping|trap|kilometer|bladzijde|liedje|aflevering|sigaret|ademhaling|oefening|telefoontje|berichtje",
    "en": r"hour|minute|second|glass|cup|mug|bottle|bowl|litre|liter|piece|portion|handful|spoonful|plate|apple|block|"
    r"lap|round|length|stop|floor|flight|mile|kilometre|kilometer|page|song|episode|cigarette|breath|exercise|call|"
    r"message",
    "fr": r"heure|minute|seconde|fois|verre|tasse|bouteille|bol|litre|morceau|portion|poignee|cuillere|assiette|pomme|"
    r"tour|longueur|arret|etage|kilometre|page|chanson|episode|cigarette|respiration|exercice|appel|message",
}
ONE = {"nl": r"een|elke?|iedere?|per", "en": r"an?|one|every|each|per", "fr": r"une?|chaque|par"}
NUMBERS = {
    "nl": r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|dertig|veertig|vijftig|zestig|"
    r"honderd|duizend|half|halve|halfuur(?:tje)?|anderhalf|anderhalve|kwartier(?:tje)?|tiental|een dag (?:per|op)",
    "en": r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|"
    r"thousand|half|quarter of an hour|twice|once (?:an?|per|every|each)|dozen|one day (?:a|per|in)",
    "fr": r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|"
    r"cent|mille|demie?|quart d'heure|dizaine|douzaine|quinzaine|vingtaine|trentaine|un jour (?:par|sur)",
}
# A number of these says what comes of it, not what one does.
RESULTS = r"%|(?:procent|percent|per cent|pour cent|kg|kilo(?:'?s|gram|gramm?es?)?|pounds?|lbs?|stone)\b"

MOMENTS = {
    "nl": r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en|s)?|'?s (?:morgens|ochtends|middags|avonds|nachts)|"
    r"(?:elke|iedere) (?:morgen|ochtend|middag|avond)|zodra|nadat|voordat|telkens (?:als|wanneer)|"
    r"(?:als|wanneer|voor) ik|(?:na|voor|tijdens|bij) (?:\w+ ){0,2}(?:ontbijt|lunch|middageten|avondeten|eten|maaltijd|"
    r"koffie(?:pauze)?|pauze|tandenpoetsen|afwas)|(?:na|voor) (?:\w+ ){0,2}(?:werk|school|opstaan|slapengaan|slapen|"
    r"douche|nieuws|journaal|boodschappen)",
    "en": r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|in the (?:morning|afternoon|evening)|at (?:night|noon)|"
    r"at bedtime|(?:every|each) (?:morning|afternoon|evening|night)|as soon as|whenever|(?:when|once|before|after) i|"
    r"(?:after|before|during|at|with) (?:\w+ ){0,2}(?:breakfast|lunch|dinner|supper|meals?|coffee|break)|"
    r"(?:after|before) (?:\w+ ){0,2}(?:work|school|getting up|bed|bedtime|teeth|shower|dishes|news|shopping)",
    "fr": r"(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?|des que?|chaque fois que?|quand|lorsque?|"
    r"(?:chaque|tous les|le) (?:matins?|midis?|apres-midi|soirs?)|(?:apres|avant|pendant|a|au) (?:\w+ |\w+')?"
    r"(?:midi|petit-dejeuner|dejeuner|diner|souper|repas|cafe|pause|vaisselle)|(?:apres|avant) (?:\w+ |\w+')?"
    r"(?:travail|ecole|lever|coucher|douche|journal|courses)|apres (?:avoir|m'etre)|avant de",
}
# A moment that never comes; it is taken out before anything else is read.
SOMEDAY = {
    "nl": r"(?:als|wanneer|zodra) (?:ik|er)(?: \w+){0,2} (?:tijd|zin|goesting)|(?:als|wanneer|zodra) (?:ik|het) "
    r"(?:me )?(?:kan|lukt|past)|ooit",
    "en": r"(?:when|whenever|if|once) (?:i|there)(?: \w+){0,3} time|(?:when|whenever|if) i (?:can|feel like it)|"
    r"some ?day|one day(?! (?:a|per|in)\b)",
    "fr": r"(?:quand|lorsque|si|des que) (?:j'|je )(?:\w+ ){0,3}(?:temps|envie|peux)|(?:quand|si) (?:c'est )?possible|"
    r"un jour(?! (?:par|sur)\b)",
}
# With one of these a moment alone is not enough: how much is more?
COMPARING = {
    "nl": r"meer|minder|vaker|beter|gezonder|genoeg|voldoende|langer|vroeger|later|rustiger|trager|regelmatig(?:er)?",
    "en": r"more|less|fewer|better|healthier|often|enough|longer|earlier|sooner|slower|calmer|regularly|properly",
    "fr": r"plus|moins|mieux|meilleure?s?|davantage|assez|souvent|suffisamment|longtemps|tot|regulierement",
}

LETTERS = {
    "a": "áàâäãåā",
    "c": "çćč",
    "e": "éèêëē",
    "i": "íìîïī",
    "n": "ñ",
    "o": "óòôöõō",
    "u": "úùûüū",
    "y": "ýÿ",
}
PLAIN = str.maketrans(
    {
        **{letter: plain for plain, letters in LETTERS.items() for letter in letters},
        **dict.fromkeys("’‘ʼ`´", "'"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff"),  # soft hyphens and other things that nobody sees
        "œ": "oe",
        "æ": "ae",
    }
)
ACCENTS = re.compile(r"[\u0300-\u036f]")
ONE_WITH_ACCENTS = re.compile(r"(?<!\w)(?:(?:é|e\u0301){2})n(?!\w)")  # 'één' is an amount, 'een' is not


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite[T]:
    """Vague words in each language, and what to say when somebody types them.

    `say` is a friendly question that makes it concrete, `example` one whole habit as a sentence; both are texts in
    three languages (T).
    """

    id: str
    words: Mapping[str, tuple[str, ...]]
    say: T
    example: T
    source: str
    confirmed: bool


def rewrites_of[T](tables: Mapping[str, Any], text: Callable[..., T]) -> tuple[Rewrite[T], ...]:
    """The rewrites of a content file's tables, in their order; `text` makes a text of `nl`, `en` and `fr`.

    Raises ValueError with the place for a key too many or missing, for no words in a language, or for an id twice.
    """
    rows = [_row(row, text) for row in tables["rewrites"]]
    if doubled := sorted({one.id for one in rows if [row.id for row in rows].count(one.id) > 1}):
        raise ValueError(f"rewrites: twice: {', '.join(doubled)}")
    return tuple(rows)


def friendly_rewrite[T](words: str, language: str, rewrites: Iterable[Rewrite[T]]) -> Rewrite[T] | None:
    """The rewrite to offer for `words` as typed in `language` ('nl', 'fr-be'); None when there is nothing to say.

    Capitals, accents and line breaks make no difference. Where several fit: the one whose words stand first in what was
    typed, the longest of those, then the first in the file. Another language than the three is read as English.
    """
    code = _code(language)
    typed = _folded(words)
    found = [
        (match.start(), -len(match[0]), place, one)
        for place, one in enumerate(rewrites)
        for pattern in one.words[code]
        if (match := _pattern(pattern).search(typed))
    ]
    if not found or concrete(words, code):
        return None
    return min(found, key=lambda one: one[:3])[3]


def concrete(words: str, language: str) -> bool:
    """Whether `words` name an amount, or a moment without 'more' or 'less'. Says nothing about what is done then."""
    code = _code(language)
    typed = _one_of(SOMEDAY[code]).sub(" ", _folded(words))
    if _amount(code).search(typed) or ONE_WITH_ACCENTS.search(words.casefold()):
        return True
    return bool(_one_of(MOMENTS[code]).search(typed)) and not _one_of(COMPARING[code]).search(typed)


def _row[T](row: Mapping[str, Any], text: Callable[..., T]) -> Rewrite[T]:
    where, needed = f"rewrites[{row.get('id')}]", {"id", "words", "say", "example", "source", "confirmed"}
    if wrong := sorted(needed ^ row.keys()):
        raise ValueError(f"{where}: unknown or missing: {', '.join(wrong)}")
    words = {code: tuple(row["words"].get(code, ())) for code in UNITS}
    if empty := [code for code, some in words.items() if not some or not all(map(_folded, some))]:
        raise ValueError(f"{where}: no words in {', '.join(empty)}")
    texts = {name: text(**row[name]) for name in ("say", "example")}
    return Rewrite(id=row["id"], words=words, source=row["source"], confirmed=row["confirmed"], **texts)


def _code(language: str) -> str:
    code = re.split(r"[-_]", language.lower(), maxsplit=1)[0]
    return code if code in UNITS else "en"


def _folded(words: str) -> str:
    """`words` in small letters without accents, with one kind of apostrophe and single spaces."""
    return " ".join(ACCENTS.sub("", words.casefold().translate(PLAIN)).split())


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(_folded(words))}(?!\w)")


@cache
def _one_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _amount(code: str) -> re.Pattern[str]:
    digits = rf"(?<!\d)(?<!\d[.,])\d++(?:[.,]\d++)?+(?!\s*(?:{RESULTS}))"
    words = rf"(?<!\w)(?:{NUMBERS[code]})(?!\w)(?!\s*(?:{RESULTS}))"
    one = rf"(?<!\w)(?:{ONE[code]}) (?!paar |few )(?:\w+ )?(?:{UNITS[code]})(?!\w)"
    return re.compile(rf"{digits}|[½¼¾]|{words}|{one}")
