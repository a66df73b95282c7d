#!/usr/bin/env python3
"""Licences of the dependency graph against the allow-list of deny.toml, where cargo-deny itself is not installed. Usage: check-licences.py"""

import json
import re
import subprocess
import sys
import tomllib


def allowed(expression, allow):
    """Whether an SPDX expression (`/` is the old way to write OR) can be met with allowed licences alone."""
    tokens = re.findall(r"\(|\)|/|[A-Za-z0-9.+-]+(?: WITH [A-Za-z0-9.-]+)?", expression)
    words = {"OR": "or", "/": "or", "AND": "and", "(": "(", ")": ")"}
    return eval(" ".join(words.get(token, str(token in allow)) for token in tokens))  # only or, and, brackets, True, False


def main():
    with open("deny.toml", "rb") as file:
        allow = set(tomllib.load(file)["licenses"]["allow"])
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"]
    metadata = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    used = {node["id"] for node in metadata["resolve"]["nodes"]}
    packages = [package for package in metadata["packages"] if package["id"] in used]
    refused = [p for p in packages if not p["license"] or not allowed(p["license"], allow)]
    for package in refused:
        print(f"{package['name']} {package['version']}: {package['license']} is not on the allow-list of deny.toml")
    print(f"{len(packages)} crates, {len(refused)} with a licence that is not allowed")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
