"""The same files on the file system and in a store that speaks S3."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings

from posthub.core import files
from posthub.core.env import parse_media_storage
from tests.fakes.s3 import BUCKET, KEY, REGION, SECRET, FakeS3


def options(store: FakeS3, secret: str = SECRET) -> dict[str, Any]:
    url = f"s3://{BUCKET}/media?endpoint={store.url}&region={REGION}"
    return {"default": parse_media_storage(url, key=KEY, secret=secret)}


@pytest.fixture(params=["file system", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> Iterator[Any]:
    settings.MEDIA_ROOT = tmp_path / "media"
    if request.param == "file system":
        yield None
        return
    with FakeS3() as store:
        settings.STORAGES = {**settings.STORAGES, **options(store)}
        yield store


def test_files_go_in_out_and_away(storage: Any, tmp_path: Path) -> None:
    folder = files.folder_of("o_acme")
    for name in ("a.pdf", "media/b č.jpeg", "media/c.mp4"):
        default_storage.save(f"{folder}/{name}", ContentFile(name.encode()))
    default_storage.save(f"{files.folder_of('o_acme_two')}/d.pdf", ContentFile(b"somebody else's"))
    found = list(files.names_under(folder))
    assert [name.removeprefix(folder) for name in found] == ["/a.pdf", "/media/b č.jpeg", "/media/c.mp4"]
    with default_storage.open(found[0]) as file:
        assert file.read() == b"a.pdf"
    files.copy_out(folder, tmp_path / "copy")
    files.erase(folder)
    assert list(files.names_under(folder)) == []
    assert len(list(files.names_under(files.ALL))) == 1
    files.copy_in(tmp_path / "copy", folder)
    files.copy_in(tmp_path / "copy", folder)
    assert list(files.names_under(folder)) == found
    with default_storage.open(found[2]) as file:
        assert file.read() == b"media/c.mp4"
    assert list(files.names_under("org/o_nobody")) == []


def test_a_store_with_another_secret_is_not_opened(settings: Any) -> None:
    with FakeS3() as store, override_settings(STORAGES={**settings.STORAGES, **options(store, "wrong")}):
        with pytest.raises(ClientError, match="403"):
            default_storage.save("org/o_acme/a.pdf", ContentFile(b"x"))
        assert store.objects == {}


@pytest.mark.parametrize("url", ["https://bucket", "s3://", "s3://bucket?acl=public-read", "bucket"])
def test_an_address_of_no_store_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MEDIA_STORAGE"):
        parse_media_storage(url, key=None, secret=None)
    with pytest.raises(ImproperlyConfigured, match="MEDIA_STORAGE_SECRET"):
        parse_media_storage("s3://bucket", key="only a key", secret=None)
