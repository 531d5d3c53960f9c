"""Files sent by browsers: kept in memory, never on disk, and no more of one than a byte beyond what any page takes."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler

from saman.tables import LARGEST_FILE


class SmallFiles(MemoryFileUploadHandler):
    """Receives a file up to the limit and lets the rest go by; whoever reads it sees that it is too large."""

    def handle_raw_input(self, *_arguments: Any, **_options: Any) -> None:
        """Take the file whatever the request says of its length."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what there is room for."""
        room = LARGEST_FILE + 1 - self.file.tell()
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> Any:
        """The file as it was received."""
        return super().file_complete(self.file.tell())
