"""Worked examples with exact numbers, computed by hand and by other programs."""

import json
from pathlib import Path
from typing import Any

EXAMPLES: dict[str, Any] = json.loads(
    Path(__file__).with_name("worked_examples.json").read_text(encoding="utf-8")
)
