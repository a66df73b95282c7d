"""Workbooks, read by openpyxl: no formula, frozen headers, filters, widths, and percentages that stand beside their counts as numbers."""

import re
import zipfile

import openpyxl


def run(outputs, _tools, report):
    workbooks = sorted(path for path in outputs.rglob("*.xlsx") if "archive" not in path.relative_to(outputs).parts)
    for path in workbooks:
        check_parts(path, report)
        check_sheets(path, report)


def check_parts(path, report):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                report.check(not re.search(rb"<f[ />]", archive.read(name)), f"{path.name}: a formula in {name}")
        foreign = [name for name in archive.namelist() if "vba" in name.lower() or "externalLink" in name]
        report.check(not foreign, f"{path.name}: macros or links {foreign}")


def check_sheets(path, report):
    workbook = openpyxl.load_workbook(path)
    numbers = 0
    for sheet in workbook.worksheets:
        place = f"{path.name}, sheet «{sheet.title}»"
        # A sheet of pictures has no list to scroll or to filter.
        is_of_charts = bool(sheet._charts)
        report.check(is_of_charts or sheet.freeze_panes, f"{place}: no frozen header")
        report.check(is_of_charts or sheet.auto_filter.ref, f"{place}: no filter")
        report.check(any(column.width for column in sheet.column_dimensions.values()), f"{place}: no column widths")
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        report.check(not formulas, f"{place}: formulas in {formulas[:5]}")
        errors = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]
        report.check(not errors, f"{place}: error values in {errors[:5]}")
        numbers += sum(cell.data_type == "n" and cell.value is not None for row in sheet.iter_rows() for cell in row)
    report.check(numbers, f"{path.name}: not one number as a number")
