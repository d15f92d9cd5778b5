"""An object store that speaks S3: one bucket, every request signed (Signature Version 4) or refused."""

import hashlib
import hmac
from email.utils import formatdate
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

from tests.fakes.server import Asked, FakeServer, Reply

KEY, SECRET, REGION, BUCKET = "AKIAPOSTHUBTESTS", "a-secret-that-is-not-one", "eu-central-1", "posthub-files"
XML = {"Content-Type": "application/xml"}


class FakeS3(FakeServer):
    """`objects` is what it holds: key → content."""

    def __init__(self) -> None:
        super().__init__()
        self.objects: dict[str, bytes] = {}

    def parsed(self, body: bytes) -> None:
        """Bodies are files, whatever is in them."""

    def answer(self, asked: Asked) -> Reply:
        if not signed(asked):
            return _error(403, "SignatureDoesNotMatch")
        bucket, _slash, key = unquote(asked.path).lstrip("/").partition("/")
        if bucket != BUCKET:
            return _error(404, "NoSuchBucket")
        if asked.method == "PUT":
            self.objects[key] = asked.body
            return Reply(200, b"", {"ETag": _etag(asked.body)})
        if asked.method == "DELETE":
            self.objects.pop(key, None)
            return Reply(204)
        if not key:
            return self._list(asked.query)
        if key not in self.objects:
            return _error(404, "NoSuchKey")
        content = self.objects[key]
        headers = {
            "ETag": _etag(content),
            "Last-Modified": formatdate(usegmt=True),
            "Content-Type": "binary/octet-stream",
        }
        return Reply(200, content, headers)

    def _list(self, query: dict[str, str]) -> Reply:
        prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
        keys, folders = [], set()
        for key in sorted(one for one in self.objects if one.startswith(prefix)):
            rest = key[len(prefix) :]
            if delimiter and delimiter in rest:
                folders.add(prefix + rest.split(delimiter)[0] + delimiter)
            else:
                keys.append(key)
        listed = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.objects[key])}</Size></Contents>"
            for key in keys
        ) + "".join(
            f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(folders)
        )
        head = f"<Name>{BUCKET}</Name><Prefix>{escape(prefix)}</Prefix><IsTruncated>false</IsTruncated>"
        return Reply(200, f"<ListBucketResult>{head}{listed}</ListBucketResult>".encode(), XML)


def signed(asked: Asked) -> bool:
    """Signature Version 4 as Amazon describes it, recomputed from what came in."""
    scheme, _space, rest = asked.headers.get("authorization", "").partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme != "AWS4-HMAC-SHA256" or not {"Credential", "SignedHeaders", "Signature"} <= set(given):
        return False
    key, day, region, service, _end = given["Credential"].split("/")
    names = given["SignedHeaders"].split(";")
    said = asked.headers.get("x-amz-content-sha256", "")
    if said != "UNSIGNED-PAYLOAD" and said != hashlib.sha256(asked.body).hexdigest():
        return False
    query = "&".join(
        f"{quote(n, safe='-_.~')}={quote(v, safe='-_.~')}" for n, v in sorted(asked.query.items())
    )
    headers = "".join(f"{name}:{' '.join(asked.headers[name].split())}\n" for name in names)
    asking = "\n".join([asked.method, asked.path, query, headers, ";".join(names), said])
    scope = f"{day}/{region}/{service}/aws4_request"
    hashed = hashlib.sha256(asking.encode()).hexdigest()
    text = "\n".join(["AWS4-HMAC-SHA256", asked.headers["x-amz-date"], scope, hashed])
    signing = f"AWS4{SECRET}".encode()
    for part in (day, region, service, "aws4_request"):
        signing = hmac.digest(signing, part.encode(), "sha256")
    wanted = hmac.new(signing, text.encode(), "sha256").hexdigest()
    return (key, region, service) == (KEY, REGION, "s3") and hmac.compare_digest(wanted, given["Signature"])


def _etag(content: bytes) -> str:
    return f'"{hashlib.md5(content).hexdigest()}"'


def _error(status: int, code: str) -> Reply:
    return Reply(status, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode(), XML)
