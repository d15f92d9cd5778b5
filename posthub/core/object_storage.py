"""Files in an S3-compatible store. Needs requirements/s3.txt; chosen by MEDIA_STORAGE."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class ObjectStorage(S3Storage):  # type: ignore[misc]
    """Private objects that only PostHub reads: files are served by views that ask who is looking."""

    def __init__(self, **settings: Any) -> None:
        ours = {
            "default_acl": None,
            "file_overwrite": False,
            "addressing_style": "path",
            "signature_version": "s3v4",
            # Stores that speak S3 know its newest checksums rarely.
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }
        super().__init__(**ours, **settings)
