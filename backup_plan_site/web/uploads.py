"""How large an uploaded file may be, whoever sends it: what is more is thrown away while it arrives, never kept."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

# All files of one request together: a photo of 10 MB fits.
MOST_BYTES = 11 * 1024 * 1024


class LimitedUploadHandler(FileUploadHandler):
    """Drops the file that is one too many bytes, and says so: `request.upload_too_large` is then True."""

    received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            self.request.upload_too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        """The next handlers make the file."""
