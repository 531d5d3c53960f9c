"""The catalogue of the data sets after DCAT-AP-NO 2, which data.norge.no reads.

What is demanded there: https://data.norge.no/specification/dcat-ap-no (the SHACL shapes of version 2). The words of the
EU's controlled lists are named by their addresses.
"""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef

from projects.models import MinistryName
from reporting.annual.models import Published
from reporting.opendata.datasets import DATASETS, VERSION, Dataset
from reporting.opendata.files import LICENCE, address, in_languages
from saman.words import EXAMPLE_DATA

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
LANGUAGES = [URIRef(f"{EU}language/{code}") for code in ("NOB", "NNO", "ENG")]
# By the end of the address: what rdflib calls it, and its type.
FORMS = {
    "ttl": ("turtle", "text/turtle"),
    "rdf": ("pretty-xml", "application/rdf+xml"),
    "jsonld": ("json-ld", "application/ld+json"),
}
FILES = (
    ("opendata_csv", "CSV", "text/csv"),
    ("opendata_json", "JSON", "application/json"),
)
TITLE = _("Åpne data fra Saman")
DESCRIPTION = _("Prosjekter, kommuner, godkjente resultater, mottatte rapporter og læringspunkter.")


def catalogue(today: date) -> Graph:
    """The catalogue with its data sets and their files. Two queries. `today`: whose ministry publishes."""
    graph = Graph()
    graph.bind("vcard", VCARD)
    home = settings.SITE_URL + reverse("opendata")
    root = URIRef(home + "katalog")
    publisher, contact = _publisher(graph, root, today), _contact(graph, root, home)
    modified = Published.objects.order_by("-published_at").values_list("published_at", flat=True).first()
    graph.add((root, RDF.type, DCAT.Catalog))
    _described(graph, root, TITLE, DESCRIPTION)
    graph.add((root, DCTERMS.publisher, publisher))
    graph.add((root, DCAT.contactPoint, contact))
    graph.add((root, DCTERMS.license, _licence(graph)))
    graph.add((root, FOAF.homepage, _typed(graph, URIRef(home), FOAF.Document)))
    for language in LANGUAGES:
        graph.add((root, DCTERMS.language, _typed(graph, language, DCTERMS.LinguisticSystem)))
    for dataset in DATASETS.values():
        node = _dataset(graph, home, dataset)
        graph.add((root, DCAT.dataset, node))
        graph.add((node, DCTERMS.publisher, publisher))
        graph.add((node, DCAT.contactPoint, contact))
        if modified:
            graph.add((node, DCTERMS.modified, Literal(modified.date().isoformat(), datatype=XSD.date)))
    return graph


def _dataset(graph: Graph, home: str, dataset: Dataset) -> URIRef:
    node = URIRef(f"{home}#{dataset.key}")
    graph.add((node, RDF.type, DCAT.Dataset))
    _described(graph, node, dataset.title, dataset.description)
    theme = _typed(graph, URIRef(f"{EU}data-theme/GOVE"), URIRef("http://www.w3.org/2004/02/skos/core#Concept"))
    graph.add((node, DCAT.theme, theme))
    public = _typed(graph, URIRef(f"{EU}access-right/PUBLIC"), DCTERMS.RightsStatement)
    graph.add((node, DCTERMS.accessRights, public))
    graph.add((node, DCTERMS.accrualPeriodicity, _typed(graph, URIRef(f"{EU}frequency/IRREG"), DCTERMS.Frequency)))
    graph.add((node, DCAT.landingPage, _typed(graph, URIRef(home), FOAF.Document)))
    graph.add((node, DCAT.version, Literal(VERSION)))
    for name, kind, media in FILES:
        file = URIRef(f"{node}-{kind.lower()}")
        where = URIRef(address(name, dataset))
        graph.add((node, DCAT.distribution, file))
        graph.add((file, RDF.type, DCAT.Distribution))
        for language, text in in_languages(dataset.title).items():
            graph.add((file, DCTERMS.title, Literal(f"{text} ({kind})", lang=language)))
        graph.add((file, DCAT.accessURL, where))
        graph.add((file, DCAT.downloadURL, where))
        graph.add((file, DCTERMS.license, _licence(graph)))
        listed = URIRef(f"{EU}file-type/{kind}")
        graph.add((file, DCTERMS["format"], _typed(graph, listed, DCTERMS.MediaTypeOrExtent)))
        of = URIRef(f"https://www.iana.org/assignments/media-types/{media}")
        graph.add((file, DCAT.mediaType, _typed(graph, of, DCTERMS.MediaType)))
    return node


def _described(graph: Graph, node: URIRef, title: Promise, description: Promise) -> None:
    """Title and description in three languages, and the identifier. A demonstration says that it is one."""
    example = in_languages(EXAMPLE_DATA) if settings.DEMO else {}
    for language, text in in_languages(title).items():
        graph.add((node, DCTERMS.title, Literal(text, lang=language)))
    for language, text in in_languages(description).items():
        said = f"{text} {example[language]}." if example else text
        graph.add((node, DCTERMS.description, Literal(said, lang=language)))
    graph.add((node, DCTERMS.identifier, Literal(str(node))))


def _publisher(graph: Graph, root: URIRef, today: date) -> URIRef:
    """The ministry by its name today; where none is known, the name of the catalogue."""
    names = MinistryName.objects.filter(valid_from__lte=today).order_by("-valid_from").values_list("name", flat=True)
    node = URIRef(f"{root}#utgiver")
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, Literal(names.first() or "Saman", lang="nb")))
    return node


def _contact(graph: Graph, root: URIRef, home: str) -> URIRef:
    node = URIRef(f"{root}#kontakt")
    graph.add((node, RDF.type, VCARD.Organization))
    graph.add((node, RDF.type, VCARD.Kind))
    graph.add((node, VCARD.fn, Literal("Saman", lang="nb")))
    graph.add((node, VCARD.hasURL, URIRef(home)))
    if settings.CONTACT_EMAIL:
        graph.add((node, VCARD.hasEmail, URIRef(f"mailto:{settings.CONTACT_EMAIL}")))
    return node


def _licence(graph: Graph) -> URIRef:
    node = _typed(graph, URIRef(f"{EU}licence/NLOD_2_0"), DCTERMS.LicenseDocument)
    graph.add((node, RDFS.seeAlso, URIRef(LICENCE)))
    return node


def _typed(graph: Graph, node: URIRef, kind: URIRef | BNode) -> URIRef:
    """A thing somebody else describes, with its class, so that the catalogue can be checked by itself."""
    graph.add((node, RDF.type, kind))
    return node
