"""PDFs: sound for qpdf, described, fonts embedded, no text that a reader cannot see, PDF/A for the veraPDF engine; with its negative control."""

import re
import subprocess
import tempfile
from pathlib import Path

# A bound journal costs at most this much a page.
JOURNAL_BYTES_A_PAGE = 15_000
# The engine takes a second or two for a bound journal, and the same for ten tagged pages.
ENGINE_SECONDS = 900


def run(outputs, tools, report):
    documents = sorted(path for path in outputs.rglob("*.pdf") if "archive" not in path.relative_to(outputs).parts)
    for path in documents:
        check_soundness(path, report)
        check_description(path, report)
    journals = sorted((path for path in documents if path.parent.name == "journals"), key=lambda path: path.stat().st_size)
    for path in journals:
        pages = int(information(path)["Pages"])
        report.check(path.stat().st_size <= JOURNAL_BYTES_A_PAGE * pages, f"{path.name}: {path.stat().st_size / pages:.0f} bytes a page")
    engine(documents, tools, report)


def check_soundness(path, report):
    # Exit code 3 is "warnings": none is known to be harmless, so each fails.
    result = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    report.check(result.returncode == 0, f"qpdf --check {path.name}: {result.stdout[-300:]}{result.stderr[-300:]}")
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True).stdout.splitlines()[2:]
    # Columns from the right: object number (2), unicode, subset, embedded.
    loose = [line for line in fonts if line.split()[-5:-2] != ["yes", "yes", "yes"]]
    report.check(fonts and not loose, f"{path.name}: fonts not embedded with a Unicode map: {loose or 'no font at all'}")
    content = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True).stdout
    report.check(re.search(rb"/Lang \(ru", content), f"{path.name}: the language is not said")
    report.check(b"/Outlines" in content or path.parent.name != "journals", f"{path.name}: no bookmarks")
    report.check(not re.search(rb"(?:^|\s)3 Tr(?:\s|$)", content), f"{path.name}: has invisible text (3 Tr)")


def check_description(path, report):
    about = information(path)
    report.check(about.get("Title"), f"{path.name}: no title")
    report.check(about.get("Encrypted") == "no" and about.get("JavaScript") == "no", f"{path.name}: encrypted or with a script")
    width, height = sorted(float(part) for part in re.findall(r"[\d.]+", about["Page size"])[:2])
    report.check(abs(width - 595.28) < 1 and abs(height - 841.89) < 1, f"{path.name}: the page is {about['Page size']}, not A4")


def information(path):
    text = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in text.splitlines())}


def engine(paths, tools, report):
    result = judge(paths, tools)
    print("\n".join("  " + line for line in result.stdout.splitlines()))
    for path in paths:
        verdicts = [line for line in result.stdout.splitlines() if line.endswith(f" {path}")]
        report.check(verdicts and all(line.startswith("compliant") for line in verdicts), f"{path.name} is no PDF/A: {verdicts} {result.stderr[-500:]}")
    with tempfile.TemporaryDirectory() as folder:
        spoilt = Path(folder) / "spoilt.pdf"
        # Written so, streams end without the line break that PDF/A demands: any PDF reader takes it, the engine must not.
        subprocess.run(["qpdf", "--object-streams=generate", paths[0], spoilt], check=True)
        control = judge([spoilt], tools)
        report.check(control.returncode == 1 and "FAILED" in control.stdout, f"negative control: the engine accepts a spoilt file: {control.stdout}")


def judge(paths, tools):
    class_path = (tools / "verapdf" / "class-path").read_text().strip()
    arguments = [part for path in paths for part in ("auto", str(path))]
    command = ["java", "-Xmx2g", "-cp", class_path, "CheckPdf", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=ENGINE_SECONDS)
