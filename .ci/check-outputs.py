#!/usr/bin/env python3
"""Foreign checks of what a build left: usage: check-outputs.py --tools FOLDER OUTPUTS   (OUTPUTS is outputs/<school year>)

Judges by other people's programs and by code written from the specifications alone: bagit-python, sha256sum, sha512sum, zipfile, qpdf,
poppler, the veraPDF engine, openpyxl, an HTML parser. Every failure is printed; the last line counts: `checks: N passed, N failed`.
"""

import argparse
import importlib
import sys
import time
import traceback
from pathlib import Path

AREAS = ["archive_checks", "pdf_checks", "workbook_checks", "page_checks", "data_checks", "privacy_checks", "journal_checks"]
PRINTED_FAILURES = 20


class Report:
    """Counts what was checked; prints failures as they come, the first of an area only: one cause may fail thousands of checks."""

    def __init__(self):
        self.passed = self.failed = self.printed = 0

    def check(self, good, sentence):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            self.printed += 1
            if self.printed <= PRINTED_FAILURES:
                print(f"  FAILED: {sentence}", flush=True)
        return good

    def note(self, sentence):
        print(f"  {sentence}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tools", type=Path, required=True, help="where install-tools.sh put the tools")
    parser.add_argument("--only", nargs="*", help="names of areas, for work on the checks themselves")
    parser.add_argument("outputs", type=Path)
    arguments = parser.parse_args()
    report = Report()
    for area in arguments.only or AREAS:
        print(f"-- {area.replace('_', ' ')}", flush=True)
        report.printed = 0
        start, before = time.monotonic(), report.passed + report.failed
        try:
            importlib.import_module(area).run(arguments.outputs, arguments.tools, report)
        except Exception:
            report.check(False, f"{area} could not go on: {traceback.format_exc()}")
        count = report.passed + report.failed - before
        report.check(count > 0, f"{area} found nothing to check")
        if report.printed > PRINTED_FAILURES:
            report.note(f"and {report.printed - PRINTED_FAILURES} failures more")
        print(f"   {count} checks, {time.monotonic() - start:.1f} s", flush=True)
    print(f"checks: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
