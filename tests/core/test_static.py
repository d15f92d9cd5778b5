"""Static files: an address that changes with what is in them, packed, and kept by browsers for as long as it stands."""

import gzip
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.test import Client, override_settings

from posthub.core.static import pack
from posthub.core.static_version import version_of
from tests.support.threads import all_well, at_once


def test_any_change_gives_another_version(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a")
    first = version_of(tmp_path)
    (tmp_path / "a.css").write_text("b")
    second = version_of(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    assert len({first, second, version_of(tmp_path)}) == 3


def test_files_are_packed_and_kept_for_long(apex: Client) -> None:
    answer = apex.get(static("css/posthub.css"), headers={"Accept-Encoding": "gzip"})
    packed = b"".join(answer)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(packed) == (settings.ROOT / "static" / "css" / "posthub.css").read_bytes()
    plain = apex.get(static("css/posthub.css"))
    assert "Content-Encoding" not in plain.headers


def test_threads_that_pack_the_same_file_at_once_do_not_take_it_from_each_other(tmp_path: Path) -> None:
    files = sorted(path for path in (settings.ROOT / "static").rglob("*.js") if path.stat().st_size > 500)
    for round_number in range(5):
        with override_settings(DATA_DIR=tmp_path / str(round_number)):
            # Each thread packs, as before the first answer is remembered.
            packed = all_well(at_once(8, lambda _number: [pack.__wrapped__(path) for path in files]))
        for path, kept in zip(files, packed[0], strict=True):
            assert kept
            assert gzip.decompress(kept.read_bytes()) == path.read_bytes()


def test_a_page_from_before_a_release_still_finds_its_modules(apex: Client) -> None:
    older = static("js/dom.js").replace(settings.STATIC_URL, "/static/0123456789/")
    assert apex.get(older).status_code == 200
    assert apex.get("/static/0123456789/no-such.js").status_code == 404


def test_pages_are_packed_where_the_browser_takes_it(apex: Client) -> None:
    answer = apex.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(answer.content)
