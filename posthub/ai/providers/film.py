"""Films from Google: Gemini Omni through the Interactions API, and Veo by its older long-running call.

Both start an operation and are asked for it later, perhaps by another process. Google's library reaches
neither of them well with a plain key, so these are plain requests.
"""

import base64
import binascii
import re
from typing import Any

from .base import JSON, Film, MediaRequest, Provider, Usage, fault
from .chat import number
from .wire import MEDIA_BYTES, TEXT_BYTES, endpoint, refusal, send

FILE = re.compile(r"files/([a-z0-9]+)")
WAITING = {"queued", "in_progress"}
OPERATION = re.compile(r"[\w./-]{1,200}")


class _Google(Provider):
    def _send(self, method: str, path: str, request: MediaRequest, body: Any = None) -> Any:
        return self._take(method, path, request, body, TEXT_BYTES + MEDIA_BYTES).json()

    def _take(self, method: str, path: str, request: MediaRequest, body: Any, most: int) -> Any:
        if not request.access.key:
            raise fault("unauthorized", "no key")
        headers = {"x-goog-api-key": request.access.key}
        address = endpoint(request.access, path)
        reply = send(method, address, deadline=request.deadline, headers=headers, body=body, most=most)
        if reply.status != 200:
            raise refusal(reply)
        return reply

    def _film(self, address: object, kind: object, request: MediaRequest, usage: Usage) -> Film:
        """The file behind an address, always fetched from where the provider is set up to be."""
        found = FILE.search(str(address))
        if not found:
            raise fault("bad_file", address)
        path = f"v1/files/{found[1]}:download?alt=media"
        content = self._take("GET", path, request, None, MEDIA_BYTES).content
        return Film(content, str(kind or "video/mp4"), self.name, request.model, usage)


class Omni(_Google):
    name = "omni"

    def start_film(self, request: MediaRequest) -> str:
        body = {
            "model": request.model,
            "background": True,
            "input": request.prompt,
            "response_format": {
                "type": "video",
                "aspect_ratio": request.ratio,
                "resolution": "720p",
                "duration": f"{request.seconds}s",
                "delivery": "uri",
            },
        }
        return _named(self._send("POST", "v1/interactions", request, body).get("id"))

    def film(self, operation: str, request: MediaRequest) -> Film | None:
        said = self._send("GET", f"v1/interactions/{_named(operation)}?stream=false", request)
        if (status := said.get("status")) in WAITING:
            return None
        if status != "completed":
            raise fault("failed", f"{status} {said.get('errors') or said.get('error') or ''}")
        for content in _contents(said):
            if isinstance(content, dict) and content.get("type") == "video":
                return self._from(content, said, request)
        raise fault("failed", "no film in it")

    def _from(self, content: JSON, said: JSON, request: MediaRequest) -> Film:
        given = said.get("usage") or {}
        thinking = number(given.get("total_thought_tokens"))
        usage = Usage(
            number(given.get("total_input_tokens")),
            number(given.get("total_output_tokens")) + thinking,
            thinking,
            units=request.seconds,
        )
        if content.get("data"):
            try:
                data = base64.b64decode(content["data"], validate=True)
            except (binascii.Error, ValueError) as problem:
                raise fault("bad_file", problem) from problem
            return Film(data, str(content.get("mime_type")), self.name, request.model, usage)
        return self._film(content.get("uri"), content.get("mime_type"), request, usage)


class Veo(_Google):
    name = "veo"

    def start_film(self, request: MediaRequest) -> str:
        body = {
            "instances": [{"prompt": request.prompt}],
            "parameters": {
                "aspectRatio": request.ratio,
                "durationSeconds": request.seconds,
                "resolution": "720p",
            },
        }
        return _named(
            self._send("POST", f"v1beta/models/{request.model}:predictLongRunning", request, body).get("name")
        )

    def film(self, operation: str, request: MediaRequest) -> Film | None:
        said = self._send("GET", f"v1beta/{_named(operation)}", request)
        if not said.get("done"):
            return None
        if said.get("error"):
            raise fault("failed", said["error"])
        made = (said.get("response") or {}).get("generateVideoResponse") or {}
        if made.get("raiMediaFilteredCount"):
            raise fault("blocked", made.get("raiMediaFilteredReasons"))
        samples = made.get("generatedSamples") or []
        if not samples:
            raise fault("failed", "no film in it")
        address = (samples[0].get("video") or {}).get("uri")
        return self._film(address, "video/mp4", request, Usage(units=request.seconds))


def _contents(said: JSON) -> list[Any]:
    steps = said.get("steps")
    return [
        content
        for step in (steps if isinstance(steps, list) else [])
        if isinstance(step, dict) and step.get("type") == "model_output"
        for content in step.get("content") or []
    ]


def _named(given: object) -> str:
    """An operation's name, if it is one: it becomes a part of an address."""
    if not (isinstance(given, str) and OPERATION.fullmatch(given) and ".." not in given):
        raise fault("failed", f"no operation: {given!r}")
    return given
