"""Write every submission of a round as a package for an archive system."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects.models import Programme
from reporting.annual.access import round_with
from reporting.annual.documents.package import package, sums
from reporting.annual.integrity import is_untouched
from reporting.annual.models import Round, Submission


class Command(BaseCommand):
    """See the module's docstring. Run again, it writes the same files."""

    help = "Writes each submission of a round as a ZIP (JSON, PDF/A, metadata, checksums) to a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which round, and where to."""
        parser.add_argument("--round", required=True, help="programme/round as in addresses, such as saman/2014")
        parser.add_argument("--to", required=True, type=Path, help="a folder; it is made if it is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what is whole; fail when a submission is no longer what was received, and name it."""
        folder: Path = options["to"]
        rows = Submission.objects.filter(report__round=_round(options["round"])).order_by("number")
        broken, checksums = [], b""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            related = rows.select_related("signature", "report__project").prefetch_related(
                "report__project__municipalities"
            )
            for row in related.iterator(chunk_size=20):
                if not is_untouched(row):
                    broken.append(row.number)
                    continue
                name, content = f"{row.number}.zip", package(row, is_demo=settings.DEMO)
                _write(folder / name, content)
                checksums += sums({name: content})
            _write(folder / "SHA256SUMS", checksums)
        except OSError as error:
            raise CommandError(f"Cannot write to {folder}: {error}") from error
        self.stdout.write(f"{checksums.count(bytes([10]))} submissions written to {folder}.")
        if broken:
            raise CommandError(f"Changed since they were received, and not written: {', '.join(broken)}")


def _round(asked: str) -> Round:
    """The round that is asked for; raises CommandError, which says how it is written."""
    slug, _, key = asked.partition("/")
    programme = Programme.objects.filter(slug=slug).first()
    found = round_with(programme.pk, key) if programme else None
    if found is None:
        raise CommandError(f"There is no round {asked}. Write programme/round as in addresses, such as saman/2014.")
    return found


def _write(path: Path, content: bytes) -> None:
    """The whole file or none: what is half written has another name."""
    half = path.with_suffix(".part")
    half.write_bytes(content)
    half.replace(path)
