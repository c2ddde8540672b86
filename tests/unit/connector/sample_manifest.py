"""A manifest with one of everything, for tests."""

from __future__ import annotations

from pathlib import Path

from agent_toolbar.connector.manifest import Manifest, parse_manifest

FILE = Path("sample.toml")
WHOLE = """\
schema = 1
name = "Sample"
base_url = "{{s.url}}/{{s.database}}"
timeout = 4
allowed_pages = ["https://pages.example/x"]
error = "fault.text"

[headers]
X-Key = "{{secret.key}}"

[settings.database]
en = "Database"
fr = "Base"

[settings.team]
en = "Team"
needed = false
default = "all"

[limit]
requests = 5
per_s = 2.0

[op.find]
url = "/party"
list = "rows"
empty_on = [204, 404]
verify = "number"
[[op.find.variants]]
query = { q = "{{phone.e164}}" }
[[op.find.variants]]
query = { q = "%{{phone.e164|tail:8|like}}" }
[op.find.map]
id = "{{it.id}}"
number = "{{it.phone}}"
name = "{{it.name}}"
url = "{{s.url}}/#party/{{it.id}}"

[op.log_call]
method = "POST"
url = "/note"
idempotency = "{{call.key}}"
[op.log_call.body]
text = "{{call.subject}} ({{call.seconds|hms}})"
seconds = "{{call.seconds}}"
nothing = "{{call.nothing}}"
[[op.log_call.steps]]
url = "/me"
save = { user = "id" }
[op.log_call.map]
id = "{{it.id}}"

[op.touch]
method = "POST"
url = "/party/{{contact.id}}/touch"
"""


def manifest(text: str = WHOLE) -> Manifest:
    return parse_manifest(text, FILE)
