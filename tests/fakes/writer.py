"""What the stand-ins answer: sensible texts, made by the offline provider from the data blocks of the prompt.

Nothing reaches it but what really went over the wire: the prompt's words and the schema of the answer.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from posthub.ai.providers.base import TextRequest
from posthub.ai.providers.offline.provider import OfflineProvider

BLOCK = re.compile(
    r"<<DATA (?P<mark>\w+) kind=(?P<kind>[\w-]+)[^>]*>>\n(?P<text>.*?)\n<<END (?P=mark)>>", re.DOTALL
)
LANGUAGE = re.compile(r"language with the tag `([\w-]+)`")
USES = {
    "DnaAnswer": "dna",
    "PersonasAnswer": "personas",
    "TopicsAnswer": "topics",
    "OutlineAnswer": "outline",
    "SectionAnswer": "section",
    "SocialAnswer": "social",
    "RewriteAnswer": "rewrite",
}
Write = Callable[[str, str, dict[str, Any]], Any]


def written(system: str, user: str, schema: dict[str, Any]) -> Any:
    """The answer to one prompt in the shape of `schema`."""
    use = USES.get(str(schema.get("title")))
    language = LANGUAGE.search(system)
    if use is None:
        return sample(schema, schema)
    request = TextRequest(use, language[1] if language else "en", "", inputs_in(user), schema)
    return OfflineProvider().text(request).data


def inputs_in(user: str) -> dict[str, Any]:
    return {block["kind"]: json.loads(block["text"]) for block in BLOCK.finditer(user)}


def sample(schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """The plainest value a schema allows."""
    if "$ref" in schema:
        return sample(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], root)
    kind = schema.get("type", "string")
    if kind == "object":
        return {key: sample(value, root) for key, value in schema.get("properties", {}).items()}
    if kind == "array":
        return [sample(schema["items"], root)] * max(1, schema.get("minItems", 1))
    return {"integer": 1, "number": 1.0, "boolean": True}.get(kind, "Good day to all of you in the workshop")


def tokens(text: str) -> int:
    return len(text) // 4 + 1
