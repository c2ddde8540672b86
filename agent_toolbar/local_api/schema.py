"""`python -m agent_toolbar.local_api.schema`: the JSON Schema of every message, for docs/local-api.schema.json."""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec

from agent_toolbar.local_api.messages import VERSION, AnyAnswer, AnyEvent, AnyRequest


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12; its definitions are named as the types in local_api.messages."""
    kinds = {"FromPage": AnyRequest, "Answer": AnyAnswer, "Event": AnyEvent}
    made, components = msgspec.json.schema_components(kinds.values(), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Messages of the agent toolbar's local API, version {VERSION}",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in kinds],
        "$defs": {**dict(zip(kinds, made, strict=True)), **components},
    }


def schema_text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
