"""How many times as fast each part is asked to be."""

import fnmatch
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def add_what_is_asked(parts):
    """The ratio that is asked of each part: that of the last pattern that fits 'PART: NAME'."""
    patterns = json.loads((HERE / "asked.json").read_text())
    for part in parts:
        fitting = [each["ratio"] for each in patterns if fnmatch.fnmatchcase(f"{part['part']}: {part['name']}", each["parts"])]
        part["asked"] = fitting[-1] if fitting else None
