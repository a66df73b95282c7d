#!/usr/bin/env python3
"""Hands hostile inputs to a built letopis: each is worked through or refused within 2 GiB of memory and 60 seconds.

Usage: hostile.py LETOPIS [--sample] [--only WORD]   (--sample: the small ones alone, under a minute; all: some minutes)
Prints one line a case and, per group, how many were tried, held and failed, with the most memory and time. Exits 1 when one failed.

A case holds when the program ends in time and memory, breaks off by no panic or signal, says one of the words the case names, and lets
no sign reach the terminal that steers it. Linux only: memory is the kernel's own count of the finished child.
"""

import argparse
import hashlib
import io
import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

MOST_BYTES = 2 << 30
MOST_SECONDS = 60
SCHOOL = '[school]\nname = "Школа посёлка Выдуманного"\nutc_offset = "+04:00"\n[year]\ntitle = "2024-2025"\nstart = 2024-09-01\nend = 2025-05-31\n'
TABLES = {
    "terms.csv": "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\nY,year,Год,2024-09-02,2025-05-25,1-9\n",
    "staff.csv": "staff_id,name\nS1,Берёзкин Тит Титович\n",
    "subjects.csv": "subject_id,title,grading\nmath,Математика,five\n",
    "classes.csv": "class_id,grade,teacher_id\n5А,5,S1\n",
    "pupils.csv": "pupil_id,surname,given_name\nP1,Ольхин,Пётр\nP2,Ивушкина,Анна\n",
    "enrolment.csv": "pupil_id,class_id,from,to\nP1,5А,2024-09-02,\nP2,5А,2024-09-02,\n",
    "courses.csv": "course_id,subject_id,class_id,teacher_id,hours_week,kind\nC1,math,5А,S1,5,lesson\n",
    "lessons.csv": "lesson_id,course_id,date,number,status,teacher_id,topic\nL1,C1,2024-09-03,1,held,S1,Дроби\n",
    "homework.csv": "lesson_id,text\nL1,Упражнение 5\n",
    "marks.csv": "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,5\nM2,L1,P2,4\n",
    "term_marks.csv": "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,5\nP1,math,Y,year,5\n",
}
# Signs that steer a terminal or turn the direction of writing.
STEERING = [chr(c) for c in (*range(0, 9), *range(11, 32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))]
MARKS = "\u0301"

CASES = []


def case(group, said, small=True, code=None):
    """Registers a case: a function that lays inputs out in a folder and returns the arguments."""
    def register(make):
        CASES.append((group, make.__name__.replace("_", " "), make, said, small, code))
        return make
    return register


def bundle(folder, changes=None, school=SCHOOL):
    """A small year with some files other than usual; None: without it."""
    place = folder / "in"
    place.mkdir(exist_ok=True)
    (place / "school.toml").write_text(school, encoding="utf-8")
    for name, content in {**TABLES, **(changes or {})}.items():
        if callable(content):
            content(place / name)
        elif isinstance(content, bytes):
            (place / name).write_bytes(content)
        elif content is not None:
            (place / name).write_text(content, encoding="utf-8")
    return ["build", place, "-o", folder / "out"]


def sparse(size, head=b""):
    """A file of that size: its beginning, then zeros that take no room on the disk."""
    def make(path):
        with open(path, "wb") as file:
            file.write(head)
            file.truncate(size)
    return make


def repeated(piece, times, head=""):
    """A file of a repeated piece."""
    def make(path):
        block = piece.encode() * 4096
        with open(path, "wb") as file:
            file.write(head.encode())
            for _ in range(times // 4096):
                file.write(block)
    return make


# --- titles and texts ---------------------------------------------------------------------------------------------------------


def title(table, column, text):
    """A year in which one cell of a table is this text."""
    def make(folder):
        lines = TABLES[table].splitlines()
        place = lines[0].split(",").index(column)
        cells = lines[1].split(",")
        cells[place] = text
        return bundle(folder, {table: "\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n"})
    return make


TEXTS = {"600 letters": "щ" * 600, "600 in words": "Основы наук " * 50, "30000 letters": "щ" * 30_000, "100000 letters": "щ" * 100_000,
         "100000 combining marks": "е" + MARKS * 100_000, "40 combining marks": "е" + MARKS * 40}
for name, text in TEXTS.items():
    for table, column in [("subjects.csv", "title"), ("terms.csv", "title"), ("classes.csv", "class_id"), ("pupils.csv", "surname"),
                          ("staff.csv", "name"), ("lessons.csv", "topic"), ("homework.csv", "text"), ("marks.csv", "mark_id")]:
        make = title(table, column, text)
        make.__name__ = f"{table} {column} of {name}"
        case("titles", ("",), name in ("600 letters", "100000 combining marks"))(make)
for key in ("name", "short", "place", "region"):
    for name, text in TEXTS.items():
        def make(folder, key=key, text=text):
            school = SCHOOL.replace("[year]", "") if key != "name" else SCHOOL
            return bundle(folder, school=SCHOOL.replace('utc_offset', f'{key} = "{text}"\nutc_offset') if key != "name"
                          else SCHOOL.replace("Школа посёлка Выдуманного", text))
        make.__name__ = f"school {key} of {name}"
        case("titles", ("",), name == "600 letters")(make)
