"""A draft of «Læringspunkter fra årsrapporteringen»: what advisers have marked, by theme, to go on writing in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from projects.models import Programme, Theme
from reporting.across.anonymity import Names, names_of
from reporting.across.coded import Quote, quotes_in
from reporting.across.codes import GOOD, LESSON, THEME, Code, codes_of
from reporting.across.column import themes_by_project
from reporting.across.exemption import exempt_questions
from reporting.annual.models import Round
from saman import formatting, papers
from saman.words import EXAMPLE_DATA

KINDS = (LESSON, GOOD)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a draft is made: of one round or all (None), in which language, with names, with what is exempt."""

    round: Round | None
    language: str = "nb"
    has_names: bool = False
    has_exempt: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A quote as the draft has it; `source` is "" where names are left out, `left` what still looks like a name."""

    text: str
    language: str
    kind: str
    source: str
    left: list[str]
    quote: Quote


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft: quotes by theme, what was replaced, and how many quotes were left out, and why.

    `carried` of the quotes were marked in an older version of a report and stand unchanged in the newest.

    `has_exempt`: something in it is exempt from the public.
    """

    title: str
    language: str
    written_on: date
    has_names: bool
    has_exempt: bool
    themes: list[tuple[str, list[Said]]]
    replaced: list[tuple[str, int]]
    exempt: int
    outdated: int
    carried: int
    notice: str

    @property
    def left(self) -> list[str]:
        """Every word that looks like a name and still stands."""
        return sorted({word for _theme, lines in self.themes for said in lines for word in said.left})

    @property
    def file_name(self) -> str:
        """The name of the document, without its ending."""
        return f"laeringspunkter-{self.written_on.isoformat()}-{self.language}"

    @property
    def is_emptied(self) -> bool:
        """Whether passages are marked, but none of them comes."""
        return not self.themes and bool(self.exempt or self.outdated)

    def nothing(self) -> str:
        """What stands where no quote does, in the active language."""
        if self.is_emptied:
            return _("Ingen av stedene som er merket, er tatt med.")
        return _("Ingen steder er merket som læringspunkt eller godt eksempel ennå.")

    def honest(self) -> list[str]:
        """What was done to the quotes, and what was not, in the active language."""
        if not self.themes:
            return []
        if self.has_names:
            return [_("Sitatene står med prosjekt og kommune, ordrett slik de ble sendt inn.")]
        done = [f"{word}: {times}" for word, times in self.replaced]
        looked = _(
            "Navn på programmets prosjekter, på kommuner og fylker, og på alle som har eller har hatt en rolle i "
            "programmet, er byttet ut i sitatene."
        )
        none = _("Ingen av navnene Saman kjenner i programmet, sto i sitatene, så ingenting er byttet ut.")
        return [
            f"{looked} ({', '.join(done)})" if done else none,
            _(
                "Saman kjenner ikke alle navn, og et sitat kan være til å kjenne igjen også uten navn. Et menneske må "
                "lese hvert sitat før dokumentet sendes videre."
            ),
        ]


def draft_of(programme: Programme, choice: Choice, today: date, *, is_demo: bool) -> Draft:
    """The draft of what is marked as a learning point or a good example."""
    with translation.override(choice.language):
        codes = codes_of(programme)
        marked = [quote for quote in quotes_in(programme, codes, choice.round) if quote.mark.keys & set(KINDS)]
        standing = [quote for quote in marked if quote.still_stands]
        closed = exempt_questions(quote.passage.submission_id for quote in standing)
        exempt = [quote for quote in standing if quote.passage.question in closed[quote.passage.submission_id]]
        used = standing if choice.has_exempt else [quote for quote in standing if quote not in exempt]
        projects = {quote.project.pk: quote.project for quote in used}
        names = {} if choice.has_names else names_of(programme, projects.values())
        counts: Counter[str] = Counter()
        said = {quote.passage.pk: _said(quote, codes, names, counts) for quote in used}
        return Draft(
            title=_("Læringspunkter fra årsrapporteringen"),
            language=choice.language,
            written_on=today,
            has_names=choice.has_names,
            has_exempt=choice.has_exempt and bool(exempt),
            themes=_by_theme(codes, used, said, themes_by_project(projects.values(), today)),
            replaced=counts.most_common(),
            exempt=len(standing) - len(used),
            outdated=len(marked) - len(standing),
            carried=sum(quote.is_carried for quote in used),
            notice=str(EXAMPLE_DATA) if is_demo else "",
        )


def paper_of(draft: Draft, programme: Programme, round_: Round | None) -> papers.Paper:
    """The draft as a document."""
    with translation.override(draft.language):
        whole = str(round_) if round_ else _("Alle runder")
        meta = [_("Utkast"), programme.name, whole, formatting.day(draft.written_on)]
        exempt = _("Her er det sitater som er unntatt offentlighet. Dokumentet kan ikke legges ut slik det er.")
        before = [
            papers.Text(line, is_strong=True) for line in (exempt if draft.has_exempt else "", draft.notice) if line
        ]
        blocks: list[papers.Block] = [papers.Text(line) for line in draft.honest()]
        for theme, lines in draft.themes:
            blocks.append(papers.Heading(theme))
            for said in lines:
                blocks.append(papers.Text(said.kind, is_strong=True))
                blocks.append(papers.Quote(f"«{said.text}»", said.language))
                if said.source:
                    blocks.append(papers.Text(said.source))
        if not draft.themes:
            blocks.append(papers.Text(draft.nothing()))
        return papers.Paper(draft.title, draft.language, blocks, [*before, papers.Text(" · ".join(meta))])


def _said(quote: Quote, codes: Mapping[str, Code], names: Mapping[int, Names], counts: Counter[str]) -> Said:
    text, left, source = quote.passage.text, list[str](), ""
    if names:
        replaced = names[quote.project.pk].out_of(text)
        text, left = replaced.text, replaced.left
        counts.update(replaced.counts)
    else:
        source = ", ".join([quote.project.title, formatting.joined(quote.place_names)])
    kinds = [codes[key].name for key in KINDS if key in quote.mark.keys]
    return Said(text, quote.submission.report.language, " · ".join(kinds), source, left, quote)


def _by_theme(
    codes: Mapping[str, Code], quotes: Iterable[Quote], said: Mapping[int, Said], themes: Mapping[int, list[Theme]]
) -> list[tuple[str, list[Said]]]:
    """The quotes under the themes advisers gave them, else under the project's; learning points before examples."""
    names = {code.theme: code.name for code in codes.values() if code.theme}
    found: dict[str, list[Said]] = defaultdict(list)
    for quote in sorted(quotes, key=lambda quote: LESSON not in quote.mark.keys):
        given = [key for key in names if f"{THEME}{key}" in quote.mark.keys]
        own = [theme.key for theme in themes.get(quote.project.pk, ())]
        for key in given or own or [""]:
            found[key].append(said[quote.passage.pk])
    return [(names.get(key) or _("Uten tema"), found[key]) for key in [*names, ""] if key in found]
