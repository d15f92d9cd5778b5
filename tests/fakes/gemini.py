"""Google: generateContent, Interactions, Veo's long-running calls and file downloads, under both prefixes."""

import base64
import io
import re
from typing import Any

from PIL import Image

from tests.fakes.server import Answer, Asked, FakeServer, Fault, Reply, data
from tests.fakes.writer import Write, tokens, written

KEY = "AIza-stand-in"
TEXT_MODELS = {"gemini-3.8-flash", "gemini-3.5-flash-lite"}
IMAGE_MODELS = {"gemini-3.1-flash-image", "gemini-3-pro-image"}
OMNI_MODELS = {"gemini-omni-1.2-flash"}
VEO_MODELS = {"veo-3.1-generate-preview"}
RATIOS = {"1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"}
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x00\x08free" * 40
FILE = "https://generativelanguage.googleapis.com/v1/files/{}:download?alt=media"


def error(code: int, status: str, message: str, *details: dict[str, Any]) -> Reply:
    said = {"code": code, "status": status, "message": message, "details": list(details)}
    return data({"error": said}, code)


class FakeGemini(FakeServer):
    """`polls` is how often an operation is still under way; `write` makes the texts."""

    def __init__(self, *, polls: int = 2, write: Write = written) -> None:
        super().__init__()
        self.polls = polls
        self.write = write
        self.operations: dict[str, dict[str, Any]] = {}

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("x-goog-api-key") != KEY:
            reason = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
            return error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", reason)
        version, _, rest = asked.path.strip("/").partition("/")
        if version not in {"v1", "v1beta"}:
            return error(404, "NOT_FOUND", "no such version")
        if found := re.fullmatch(r"models/([\w.-]+):(\w+)", rest):
            return self._model(found[1], found[2], asked.json)
        if rest == "interactions" and asked.method == "POST":
            return self._interaction(asked.json)
        if found := re.fullmatch(r"interactions/(\w+)", rest):
            return self._poll_interaction(found[1])
        if re.fullmatch(r"models/[\w.-]+/operations/\w+", rest):
            return self._poll_operation(rest)
        if found := re.fullmatch(r"files/([a-z0-9]+):download", rest):
            known = found[1] == "film1" and asked.query.get("alt") == "media"
            return (
                Reply(200, MP4, {"Content-Type": "video/mp4"})
                if known
                else error(404, "NOT_FOUND", "expired")
            )
        return error(404, "NOT_FOUND", asked.path)

    def _model(self, model: str, verb: str, body: Any) -> Reply:
        known = {"generateContent": TEXT_MODELS | IMAGE_MODELS, "predictLongRunning": VEO_MODELS}.get(
            verb, set()
        )
        if model not in known:
            return error(404, "NOT_FOUND", f"models/{model} is not found for {verb}")
        if verb == "predictLongRunning":
            return self._predict(model, body)
        if problem := wrong(body):
            return error(400, "INVALID_ARGUMENT", problem)
        return data(self._image(model, body) if model in IMAGE_MODELS else self._text(model, body))

    def _text(self, model: str, body: dict[str, Any]) -> dict[str, Any]:
        config = body["generationConfig"]
        system = words_of(body.get("systemInstruction") or body.get("system_instruction") or {"parts": []})
        user = "".join(words_of(content) for content in body["contents"])
        text = json_text(self.write(system, user, config["responseJsonSchema"]))
        return generated(
            model, [{"text": text}], prompt=tokens(system + user), output=tokens(text), thoughts=40
        )

    def _image(self, model: str, body: dict[str, Any]) -> dict[str, Any]:
        ratio = body["generationConfig"]["imageConfig"]["aspectRatio"]
        inline = {"mimeType": "image/png", "data": base64.b64encode(png(ratio)).decode()}
        return generated(model, [{"text": "Here it is."}, {"inlineData": inline}], prompt=30, output=1290)

    def _interaction(self, body: Any) -> Reply:
        if not isinstance(body, dict) or body.get("model") not in OMNI_MODELS:
            return data({"error": {"code": "not_found", "message": "no such model"}}, 404)
        form = body.get("response_format")
        sound = (
            isinstance(form, dict)
            and form.get("type") == "video"
            and form.get("aspect_ratio") in {"16:9", "9:16"}
        )
        if not (sound and isinstance(body.get("input"), str) and body.get("background") is True):
            return data({"error": {"code": "invalid_request", "message": "wrong body"}}, 400)
        name = f"int{len(self.operations) + 1}"
        self.operations[name] = {"left": self.polls, "model": body["model"]}
        return data({"id": name, "object": "interaction", "status": "queued", "model": body["model"]})

    def _poll_interaction(self, name: str) -> Reply:
        if name not in self.operations:
            return data({"error": {"code": "not_found", "message": "no such interaction"}}, 404)
        kept = self.operations[name]
        kept["left"] -= 1
        said = {"id": name, "object": "interaction", "status": "in_progress", "model": kept["model"]}
        if kept["left"] < 0:
            video = {"type": "video", "mime_type": "video/mp4", "uri": FILE.format("film1")}
            usage = {
                "total_input_tokens": 20,
                "total_output_tokens": 100,
                "total_thought_tokens": 5,
                "total_tokens": 125,
            }
            said |= {
                "status": "completed",
                "steps": [{"type": "model_output", "content": [video]}],
                "usage": usage,
            }
        return data(said)

    def _predict(self, model: str, body: Any) -> Reply:
        sound = isinstance(body, dict) and body.get("instances") and isinstance(body.get("parameters"), dict)
        if not (sound and body["instances"][0].get("prompt")):
            return error(400, "INVALID_ARGUMENT", "instances and parameters are needed")
        name = f"models/{model}/operations/op{len(self.operations) + 1}"
        self.operations[name] = {"left": self.polls}
        return data({"name": name})

    def _poll_operation(self, name: str) -> Reply:
        if name not in self.operations:
            return error(404, "NOT_FOUND", "no such operation")
        self.operations[name]["left"] -= 1
        if self.operations[name]["left"] >= 0:
            return data({"name": name})
        sample = {"generatedSamples": [{"video": {"uri": FILE.format("film1")}}]}
        return data({"name": name, "done": True, "response": {"generateVideoResponse": sample}})


def wrong(body: Any) -> str:
    """Why the real one would not take this body; "" where it would."""
    if not isinstance(body, dict) or not isinstance(body.get("contents"), list) or not body["contents"]:
        return "contents is not specified"
    config = body.get("generationConfig", {})
    if "IMAGE" in config.get("responseModalities", []):
        ratio = config.get("imageConfig", {}).get("aspectRatio")
        return "" if ratio in RATIOS else f"aspectRatio {ratio} is not allowed"
    if config.get("responseMimeType") != "application/json" or "responseJsonSchema" not in config:
        return "this stand-in is only asked for JSON by a JSON Schema"
    unknown = set(body) - {
        "contents",
        "systemInstruction",
        "system_instruction",
        "generationConfig",
        "safetySettings",
    }
    return f"Unknown name {sorted(unknown)}" if unknown else ""


def words_of(content: dict[str, Any]) -> str:
    return "".join(part.get("text", "") for part in content["parts"])


def json_text(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def generated(
    model: str,
    parts: list[Any],
    *,
    prompt: int = 10,
    output: int = 10,
    thoughts: int = 0,
    reason: str = "STOP",
) -> dict[str, Any]:
    usage = {
        "promptTokenCount": prompt,
        "candidatesTokenCount": output,
        "totalTokenCount": prompt + output + thoughts,
    }
    if thoughts:
        usage["thoughtsTokenCount"] = thoughts
    candidate = {"index": 0, "content": {"role": "model", "parts": parts}, "finishReason": reason}
    return {"candidates": [candidate], "usageMetadata": usage, "modelVersion": model, "responseId": "r0"}


def png(ratio: str) -> bytes:
    wide, high = (int(part) for part in ratio.split(":"))
    file = io.BytesIO()
    Image.new("RGB", (wide * 80, high * 80), (120, 80, 40)).save(file, "PNG")
    return file.getvalue()


# -- faults of its own ---------------------------------------------------------------------------


def finished(reason: str, parts: list[Any] | None = None) -> Fault:
    def spoil(asked: Asked, answer: Answer) -> Reply:
        return data(generated("gemini-3.8-flash", parts or [], reason=reason))

    return spoil


def blocked_prompt(asked: Asked, answer: Answer) -> Reply:
    return data(
        {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 9}}
    )


def saying(text: str) -> Fault:
    return lambda asked, answer: data(generated("gemini-3.8-flash", [{"text": text}]))


def busy(seconds: float) -> Fault:
    info = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{seconds}s"}
    return lambda asked, answer: error(429, "RESOURCE_EXHAUSTED", "slow down", info)


def day_is_over(asked: Asked, answer: Answer) -> Reply:
    failure = {
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier", "quotaValue": "20"}],
    }
    return error(429, "RESOURCE_EXHAUSTED", "quota", failure)
