"""Tables for programs: headers as the exchange format has them, product digests of build.json, figures computed a second time."""

import csv
import hashlib
import json
import math

import analytics
import metrics
from tables import Tables

HEADERS = {
    "metrics.csv": "term_id,metric,scope,scope_id,subject_id,value,numerator,denominator,excluded",
    "findings.csv": "rule,clause,severity,date,due_at,found_at,term_id,class_id,subject_id,course_id,lesson_id,pupil_id,staff_id,message",
    "problems.csv": "code,severity,file,sheet,row,column,value,message",
}


def run(outputs, _tools, report):
    for name, header in HEADERS.items():
        with open(outputs / "data" / name, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        report.check(rows[0] == header.split(","), f"data/{name}: header {rows[0]}")
        report.check(all(len(row) == len(rows[0]) for row in rows), f"data/{name}: rows of different lengths")
    build = json.loads((outputs / "build.json").read_text(encoding="utf-8"))
    check_products(outputs, build, report)
    check_package(outputs / "data" / "tables", report)
    check_values(outputs / "data" / "metrics.csv", report)
    tables = Tables(outputs / "data" / "tables")
    as_of = find(build, "as_of")
    if report.check(isinstance(as_of, str), "build.json does not say as_of"):
        compared, differences = metrics.compare(tables, as_of[:10], outputs / "data" / "metrics.csv")
        report.check(compared > 100, f"only {compared} figures to compare")
        for difference in differences[:20]:
            report.check(False, difference)
        report.check(not differences, f"{len(differences)} of {compared} figures differ")
        report.note(f"{compared} figures computed again, {len(differences)} differ")
        compared, differences = analytics.compare(tables, as_of[:10], outputs / "data")
        for difference in differences[:20]:
            report.check(False, difference)
        report.check(not differences, f"{len(differences)} of {compared} cells of analytics differ")
        report.note(f"{compared} cells of analytics computed again, {len(differences)} differ")


def find(value, key):
    """The first value of the key anywhere in the JSON tree, or None."""
    if isinstance(value, dict):
        if key in value:
            return value[key]
        value = list(value.values())
    if isinstance(value, list):
        return next((found for found in (find(item, key) for item in value) if found is not None), None)
    return None


def check_products(outputs, build, report):
    """Every product that build.json lists is there with its digest, and every file there is listed (but build.json)."""
    products = {item["path"]: item["sha256"] for item in find(build, "products") or []}
    report.check(products, "build.json lists no products")
    for path, digest in products.items():
        file = outputs / path
        good = file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == digest
        report.check(good, f"build.json: {path} is missing or has another digest")
    there = {path.relative_to(outputs).as_posix() for path in outputs.rglob("*") if path.is_file()} - {"build.json"}
    report.check(there <= set(products), f"build.json does not list {sorted(there - set(products))[:5]}")


def check_package(folder, report):
    """The Frictionless description matches the files."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = set()
    for resource in package["resources"]:
        path = folder / resource["path"]
        described.add(path.name)
        if report.check(path.is_file(), f"datapackage.json: no {resource['path']}") and path.suffix == ".csv":
            with open(path, encoding="utf-8-sig", newline="") as file:
                header = next(csv.reader(file))
            fields = [field["name"] for field in resource["schema"]["fields"]]
            report.check(fields == header, f"datapackage.json: {resource['path']} has {header}, not {fields}")
    for path in sorted(folder.glob("*.csv")):
        report.check(path.name in described, f"datapackage.json does not describe {path.name}")
        twin = path.with_suffix(".parquet")
        good = twin.is_file() and twin.read_bytes()[:4] == b"PAR1" == twin.read_bytes()[-4:]
        report.check(good, f"{path.name} has no Parquet twin")


def check_values(path, report):
    """No figure is NaN, none is outside its range, and an empty denominator means an empty value."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            value = float(row["value"]) if row["value"] else None
            sound = value is None or math.isfinite(value)
            if row["denominator"]:
                sound = sound and (value is None) == (float(row["denominator"]) == 0)
            if row["metric"] in ("attainment", "attainment_regulation", "quality", "attendance", "sou"):
                sound = sound and (value is None or 0 <= value <= 100)
            if not sound:
                report.check(False, f"metrics.csv line {number}: {row}")
    report.check(True, "")
