"""Text about groups that seems to name a person: an address, a telephone number, or a name.

A guess on the safe side, since whoever is refused can write the same about the group. A single first name in running
text is not seen, and a place called after a person may be. National identity numbers no text field accepts.
"""

import re
from enum import StrEnum

# Common first names in Norway, from the public lists of names given 1940–2000 (SSB table 10467).
_FIRST_NAMES = """
Aina Aleksander Alexander Alf Amalie Amanda Anders Andrea Andreas Ane Anette Anita Anja Anna Anne Anniken Ann
Are Arild Arne Arvid Asbjørn Astrid Atle Audun Aud August Benedicte Bente Berit Bjarne Bjørg Bjørn Bodil Brit Britt
Camilla Cathrine Cecilie Charlotte Christian Christina Christine Christoffer Dag Daniel David Ebba Egil Einar Eirik
Eivind Elin Eline Elisabeth Elise Ellen Else Emil Emilie Emma Endre Erik Erlend Erling Espen Eva Even Fatima Filip
Finn Fredrik Frida Frode Frank Gaute Geir Georg Gerd Greta Grete Gro Gunn Gunnar Gunvor Guri Gustav Hanna Hanne Hans
Harald Hege Heidi Helene Helge Henriette Henrik Henning Hilde Håkon Håvard Ida Inga Inge Ingeborg Inger Ingrid Ingunn
Ingvild Irene Isak Iselin Ivar Jan Janne Jens Jeanette Joakim Johan Johanna Johannes John Jon Jonas Jorunn Julie
Jørgen Jørn Kai Kaja Karen Kari Karin Karina Karoline Kathrine Katrine Kenneth Ketil Kim Kirsten Kjell Kjersti Kjetil
Knut Kristian Kristin Kristina Kristine Kristoffer Kurt Kåre Lars Laila Leif Lena Lene Lillian Linda Line Linn Lise
Liv Magne Magnus Malin Maren Margit Margrethe Mari Maria Marianne Marie Marit Marius Markus Marte Marthe Martin Martine
Mathias Mats Mette Mia Mikael Mohammed Mona Monica Morten Nils Nina Nora Odd Oda Ola Olav Ole Oline Oskar Ove Pål Per
Peter Petter Pia Ragnar Ragnhild Randi Ranveig Reidar Reidun Robert Roger Roar Rolf Rune Ruth Sander Sandra Sara
Sebastian Sigrid Sigurd Silje Simen Siri Siv Sissel Snorre Sofie Solveig Stein Steinar Stian Stig Stine Svein Sverre
Synnøve Tage Terje Thea Therese Thomas Thor Thorbjørn Tommy Tone Tor Torbjørn Tore Torgeir Torill Torstein Tove Trine
Trond Trude Trygve Turid Unni Ulf Vegard Vera Veronica Vibeke Vidar Vigdis Wenche Øystein Øyvind Åge Åse Åshild Åsmund
"""
_CAPITAL = r"[A-ZÆØÅ][a-zæøåéèö]+"
_NAMED = re.compile(rf"\b(?:{'|'.join(_FIRST_NAMES.split())})(?:-{_CAPITAL})?[ \u00a0]+{_CAPITAL}")
_SURNAMED = re.compile(rf"\b{_CAPITAL}[ \u00a0]+[A-ZÆØÅ][a-zæøå]+[bdfgklmnrst]sen\b")
_ONLY = re.compile(rf"(?:{'|'.join(_FIRST_NAMES.split())})(?:-{_CAPITAL})?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_TELEPHONE = re.compile(  # as numbers are grouped in Norway: 912 34 567, 22 33 44 55 or eight in a row
    r"(?<![\d.,])(?:\+47[ \u00a0]?)?"
    r"(?:[2-9]\d{2}[ \u00a0]\d{2}[ \u00a0]\d{3}|[2-9]\d(?:[ \u00a0]\d{2}){3}|[2-9]\d{7})(?![.,]?\d)"
)


class Personal(StrEnum):
    """What a text seems to hold."""

    MAIL = "mail"
    TELEPHONE = "telephone"
    NAME = "name"


def personal(text: str) -> tuple[Personal, str] | None:
    """The first thing in a text that seems to point at one person, and the words it is in; None: nothing."""
    for kind, pattern in ((Personal.MAIL, _MAIL), (Personal.TELEPHONE, _TELEPHONE)):
        if found := pattern.search(text):
            return kind, found[0]
    found = _NAMED.search(text) or _SURNAMED.search(text) or _ONLY.fullmatch(text.strip())
    return (Personal.NAME, found[0]) if found else None
