"""Validates JSON values with the Python package jsonschema.

Reads {"schema": ..., "values": [...]} from the file that is named, and prints for each value the list of [path, keyword] of all errors, with those
behind an anyOf; [] for a value that fits.
"""

import json
import sys

from jsonschema import Draft202012Validator


def place(error):
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in error.absolute_path)


def flattened(errors):
    for error in errors:
        yield [place(error), error.validator]
        yield from flattened(error.context)


with open(sys.argv[1], encoding="utf-8") as file:
    case = json.load(file)
Draft202012Validator.check_schema(case["schema"])
validator = Draft202012Validator(case["schema"])
print(json.dumps([list(flattened(validator.iter_errors(value))) for value in case["values"]]))
