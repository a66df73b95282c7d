"""Bags and their ZIPs: accepted by bagit-python and by coreutils, complete, the same bytes inside the ZIP, nothing sensitive in the long one."""

import csv
import hashlib
import io
import re
import stat
import subprocess
import zipfile

import bagit

ALGORITHMS = ("sha256", "sha512")
# What may not outlive the pupils' schooling: no phones, no health data, no addresses in what is kept 25 years.
SENSITIVE_COLUMNS = {"phone", "email", "address", "parents", "parent", "health_group", "pe_group"}


def run(outputs, _tools, report):
    bags = sorted(path.parent for path in outputs.rglob("bagit.txt"))
    report.check(len(bags) == 2, f"two bags expected, {len(bags)} found under {outputs}")
    for bag in bags:
        check_bag(bag, report)
        check_zip(bag, report)
    check_contents(outputs, bags, report)


def check_bag(bag, report):
    declaration = (bag / "bagit.txt").read_bytes()
    expected = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    report.check(declaration == expected, f"{bag.name}/bagit.txt says {declaration!r}")
    try:
        bagit.Bag(str(bag)).validate()
        report.check(True, "")
    except bagit.BagError as error:
        report.check(False, f"bagit-python refuses {bag.name}: {error}")
    for algorithm in ALGORITHMS:
        for manifest in (f"manifest-{algorithm}.txt", f"tagmanifest-{algorithm}.txt"):
            command = [f"{algorithm}sum", "--check", "--strict", "--quiet", manifest]
            result = subprocess.run(command, cwd=bag, capture_output=True, text=True)
            report.check(result.returncode == 0, f"{bag.name}: {' '.join(command)}: {result.stdout}{result.stderr}")
        payload = {path.relative_to(bag).as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
        report.check(listed(bag / f"manifest-{algorithm}.txt") == sorted(payload), f"{bag.name}: manifest-{algorithm} does not list the payload once")
        tags = {path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file()} - payload
        tags = {tag for tag in tags if not tag.startswith("tagmanifest-")}
        report.check(listed(bag / f"tagmanifest-{algorithm}.txt") == sorted(tags), f"{bag.name}: tagmanifest-{algorithm} does not list every tag file once")
    information = (bag / "bag-info.txt").read_text(encoding="utf-8")
    sizes = [path.stat().st_size for path in (bag / "data").rglob("*") if path.is_file()]
    report.check(f"Payload-Oxum: {sum(sizes)}.{len(sizes)}\n" in information, f"{bag.name}: wrong Payload-Oxum")


def listed(manifest):
    return sorted(line.split("  ", 1)[1] for line in manifest.read_text(encoding="utf-8").splitlines())


def check_zip(bag, report):
    path = bag.parent / f"{bag.name}.zip"
    if not report.check(path.is_file(), f"no {path.name} beside the bag"):
        return
    folder = {f"{bag.name}/{file.relative_to(bag).as_posix()}": file for file in bag.rglob("*") if file.is_file()}
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        names = [entry.filename for entry in entries]
        report.check(len(names) == len(set(names)), f"{path.name}: a name stands twice")
        if not report.check(set(names) == set(folder), f"{path.name}: other files than the bag: {sorted(set(names) ^ set(folder))[:5]}"):
            return
        different = [entry.filename for entry in entries if archive.read(entry) != folder[entry.filename].read_bytes()]
        report.check(not different, f"{path.name}: other bytes than the bag in {different[:5]}")
        report.check(len({entry.date_time for entry in entries}) == 1, f"{path.name}: entries bear different times")
        links = [entry.filename for entry in entries if stat.S_ISLNK(entry.external_attr >> 16)]
        report.check(not links, f"{path.name}: symbolic links {links[:5]}")
        unmarked = [name for entry, name in zip(entries, names) if not name.isascii() and not entry.flag_bits & 0x800]
        report.check(not unmarked, f"{path.name}: names not marked as UTF-8: {unmarked[:5]}")


def check_contents(outputs, bags, report):
    digests = {bag: {digest(path) for path in (bag / "data").rglob("*") if path.is_file()} for bag in bags}
    for pattern, title in (("journals/*.pdf", "journal"), ("summary-sheets/*.pdf", "summary sheet")):
        documents = sorted(outputs.glob(pattern))
        report.check(documents, f"no {title} under {outputs}")
        for document in documents:
            holders = [bag.name for bag in bags if digest(document) in digests[bag]]
            report.check(len(holders) == 1, f"{title} {document.name} is in {len(holders)} bags: {holders}")
    sheets = [digest(path) for path in outputs.glob("summary-sheets/*.pdf")]
    for bag in bags:
        if set(sheets) & digests[bag]:
            check_long_bag(bag, report)


def check_long_bag(bag, report):
    for path in sorted((bag / "data").rglob("*.csv")):
        text = path.read_text(encoding="utf-8-sig")
        header = set(next(csv.reader(io.StringIO(text)), []))
        report.check(not header & SENSITIVE_COLUMNS, f"{bag.name}, kept 25 years: {path.name} has {sorted(header & SENSITIVE_COLUMNS)}")
        phone = re.search(r"(?:\+7|\b8)[ (-]*\d{3}[ )-]+\d{3}[ -]?\d\d[ -]?\d\d\b", text)
        report.check(not phone, f"{bag.name}, kept 25 years: {path.name} has a telephone number")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
