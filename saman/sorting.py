"""The order of names in a Norwegian list: æ, ø and å come last. Done here, as databases differ in it."""

import unicodedata

# Letters of the alphabet's end, and the Swedish, Danish and German ones that are sorted as they are.
_LAST = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def norwegian(text: str) -> tuple[str, str]:
    """A key for `sorted`: upper and lower case alike, accents only where all else is equal."""
    folded = unicodedata.normalize("NFC", text).casefold()
    plain = unicodedata.normalize("NFKD", folded.translate(_LAST))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)), folded
