"""JSON as every command writes it."""

import json


def json_text(data: object, indent: int | None = 2) -> str:
    """ASCII only, and without `##`: nothing in it acts in a terminal or a CI log."""
    return json.dumps(data, indent=indent).replace("##", "#\\u0023") + "\n"
