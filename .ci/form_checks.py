#!/usr/bin/env python3
"""A school's own form, filled by letopis and computed by LibreOffice: the formulas see the rows that grew.

usage: form_checks.py LETOPIS BUNDLE   (needs openpyxl and soffice)
"""
import pathlib
import subprocess
import sys
import tempfile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill

HEADS = ["№", "Класс", "Учеников", "Хорошисты", "Качество", "Доля"]
ROW = ["{{№}}", "{{классы; класс}}", "{{классы; учеников}}", "{{классы; хорошисты}}", "{{классы; качество}}", "=C5/C$6"]


def make(path):
    """Lays out a form as a deputy would: a head, one row of a list, its sums, a signature, a second sheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Отчёт"
    page["A1"] = "Отчёт: {{школа}}, {{период}}"
    page.merge_cells("A1:F1")
    for column, (head, cell) in enumerate(zip(HEADS, ROW), 1):
        page.cell(4, column, head).font = Font(bold=True)
        page.cell(5, column, cell).fill = PatternFill("solid", fgColor="EEEEEE")
    page["E5"].number_format = page["F5"].number_format = "0.0%"
    page["B6"], page["C6"], page["D6"], page["F6"] = "Всего", "=SUM(C5:C5)", "=SUM(D5:D5)", "=SUM(F5:F5)"
    page["A8"] = "Подпись"
    page.merge_cells("A8:C8")
    page.print_area = "A1:F8"
    chart = BarChart()
    chart.add_data(Reference(page, min_col=3, min_row=5, max_row=5))
    page.add_chart(chart, "A10")
    other = book.create_sheet("Свод")
    other["A1"], other["A2"] = "=Отчёт!C6", "=MAX(Отчёт!E5:E6)"
    book.save(path)


def check(filled, computed):
    """Compares what LibreOffice computed with the list's own numbers."""
    page, other = computed["Отчёт"], computed["Свод"]
    rows = [row for row in page.iter_rows(min_row=5, values_only=True)]
    classes = []
    while rows and isinstance(rows[0][0], (int, float)):
        classes.append(rows.pop(0))
    assert len(classes) > 1, "the list has grown"
    total = rows[0]
    assert total[1] == "Всего", total
    pupils = sum(row[2] for row in classes)
    assert total[2] == pupils == other["A1"].value, (total, pupils, other["A1"].value)
    assert total[3] == sum(row[3] or 0 for row in classes), total
    assert abs(total[5] - 1) < 1e-9 and abs(sum(row[5] for row in classes) - 1) < 1e-9, total
    assert other["A2"].value == max(row[4] for row in classes if row[4] is not None)
    end = 5 + len(classes)
    page = filled["Отчёт"]
    assert f"A{end + 2}:C{end + 2}" in [str(one) for one in page.merged_cells.ranges], page.merged_cells.ranges
    assert page.print_area.replace("$", "").endswith(f"A1:F{end + 2}"), page.print_area
    fills = {page.cell(row, 2).fill.fgColor.rgb for row in range(5, end)}
    assert len(fills) == 1 and page["E6"].number_format == "0.0%", fills
    return len(classes)


def main():
    letopis, bundle = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        make(folder / "form.xlsx")
        command = [letopis, "form", folder / "form.xlsx", "--bundle", bundle, "-o", folder / "filled" / "out.xlsx"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
        command += ["--outdir", folder / "computed", folder / "filled" / "out.xlsx"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        filled = openpyxl.load_workbook(folder / "filled" / "out.xlsx")
        computed = openpyxl.load_workbook(folder / "computed" / "out.xlsx", data_only=True)
        print(f"a form with a list of {check(filled, computed)} rows is computed by LibreOffice")


main()
