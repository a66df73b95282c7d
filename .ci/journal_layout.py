"""The pages of a class journal as a reader sees them: words with their boxes (`pdftotext -bbox`), grids of marks, rows of topics."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import namedtuple

# --- what is known of the layout ---
MM = 72 / 25.4
TITLE_BOTTOM = 16 * MM  # the running head (subject, group, teacher) stands above
# Left page: the number of the row, the name, then the columns of lessons and terms.
NAME_EDGES = 14 * MM, 54 * MM
EDGE = 14 * MM  # half of the widest column
HEAD_BOTTOM = 28 * MM  # of the left page
# Right page, from the left: date, lesson number, topic, homework. Left edges; the head of each must stand over its column.
PLAN_EDGES = [edge * MM for edge in (25.0, 41.5, 50.5, 130.5, 202.0)]
PLAN_HEADS = ("Дата", "Урок", "Тема", "Домашнее")
DAY = re.compile(r"^(?:[1-9]|[12]\d|3[01])$")
DATE = re.compile(r"^(?P<day>\d\d)\.(?P<month>\d\d)(?:\.(?:\d\d){1,2})?$")

Word = namedtuple("Word", "x0 y0 x1 y1 text")
Grid = namedtuple("Grid", "number title days names cells")  # a left page: cells {(row, column): texts}
Plan = namedtuple("Plan", "number title rows")  # a right page: rows [(day, month, lesson number, topic, homework)]


# --- words and their places ---


def pages_of(path):
    """All pages as lists of words, in reading order of the file."""
    xml = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout
    xml = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", xml)
    pages = []
    for page in ElementTree.fromstring(xml).iter("{http://www.w3.org/1999/xhtml}page"):
        pages.append([
            Word(*(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")), word.text or "") for word in page
        ])
    return pages


def lines_of(words, slack=2.0):
    """Words grouped by baseline (the bottom of the box), each line sorted from left to right."""
    lines = []
    for word in sorted(words, key=lambda word: (word.y1, word.x0)):
        if lines and abs(lines[-1][0].y1 - word.y1) <= slack:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line) for line in lines]


def middle(word):
    return (word.x0 + word.x1) / 2


def bounds(centres, edge):
    """Cells around centres: each reaches half way to its neighbours, the outer ones `edge` outwards."""
    halves = [(a + b) / 2 for a, b in zip(centres, centres[1:])]
    return list(zip([centres[0] - edge, *halves], [*halves, centres[-1] + edge]))


def centre(word):
    return (word.y0 + word.y1) / 2


# --- the two kinds of pages ---


def title_of(words):
    return " ".join(word.text for line in lines_of(words) if line[0].y1 < TITLE_BOTTOM for word in line)


def read_grid(number, words):
    """The page as a grid of marks, or None: «№» over the row numbers, day numbers in the lower row of the head."""
    sign = next((word for word in words if word.text == "№" and word.x1 < NAME_EDGES[0] and word.y1 < HEAD_BOTTOM), None)
    if sign is None:
        return None
    ordinals = [word for word in words if word.text.isdigit() and word.y0 > sign.y1 and abs(middle(word) - middle(sign)) < 3 * MM]
    top = min((word.y0 for word in ordinals), default=sign.y1 + 12)
    head = [word for word in words if word.x0 > NAME_EDGES[1] and word.y1 < top]
    days = [word for word in head if DAY.match(word.text) and centre(word) > centre(sign) + 3]
    if not days:
        return None
    # Terms' titles stand on the sign's line; a title of two words is one column.
    terms = []
    for word in sorted(word for word in head if abs(centre(word) - centre(sign)) <= 3):
        if terms and word.x0 - terms[-1].x1 < 1.5 * MM:
            terms[-1] = terms[-1]._replace(x1=word.x1)
        else:
            terms.append(word)
    stops = sorted(days + terms, key=middle)
    edges = bounds([middle(word) for word in stops], EDGE)
    # The first column ends where the names do.
    edges[0] = max(edges[0][0], NAME_EDGES[1]), edges[0][1]
    columns = [(word, x0, x1) for word, (x0, x1) in zip(stops, edges) if word in days]
    heights = bounds(sorted(centre(word) for word in ordinals), 3.5 * MM) if ordinals else []
    names = []
    for y0, y1 in heights:
        names.append(squeeze(word for word in words if y0 < centre(word) < y1 and NAME_EDGES[0] < middle(word) < NAME_EDGES[1]))
    cells = cells_of(words, [(x0, x1) for _, x0, x1 in columns], heights)
    return Grid(number, title_of(words), [int(word.text) for word, _, _ in columns], names, cells)


def cells_of(words, columns, rows):
    """{(row, column): texts from left to right} of all cells that hold something."""
    cells = {}
    for word in sorted(words):
        row = next((index for index, (y0, y1) in enumerate(rows) if y0 < centre(word) < y1), None)
        column = next((index for index, (x0, x1) in enumerate(columns) if x0 < middle(word) < x1), None)
        if row is not None and column is not None:
            cells.setdefault((row, column), []).extend(parts(word.text))
    return cells


def parts(text):
    """A cell's signs: `н 4/5` is absent, four, five."""
    return [part for part in re.split(r"[/\s]+", text) if part]


def read_plan(number, words):
    """The page as rows of topics, or None."""
    head = next((line for line in lines_of(words) if set(PLAN_HEADS) <= {word.text for word in line}), None)
    if head is None:
        return None
    for text, x0, x1 in zip(PLAN_HEADS, PLAN_EDGES, PLAN_EDGES[1:]):
        word = next(word for word in head if word.text == text)
        assert x0 < middle(word) < x1, f"page {number}: the column «{text}» is not where the check knows it"
    below = [word for word in words if word.y0 > head[0].y1 - 1]
    columns = [[word for word in below if x0 <= word.x0 < x1] for x0, x1 in zip(PLAN_EDGES, PLAN_EDGES[1:])]
    dates = sorted((word for word in columns[0] if DATE.match(word.text)), key=lambda word: word.y0)
    # A term's sum begins in the first column and ends the row above it.
    stops = sorted([*dates, *(word for word in columns[0] if not DATE.match(word.text))], key=lambda word: word.y0)
    rows = []
    for date in dates:
        end = next((word.y0 - 2 for word in stops if word.y0 > date.y0 + 2), float("inf"))
        inside = [[word for word in column if date.y0 - 2 <= word.y0 < end] for column in columns]
        lesson = [word.text for word in inside[1] if word.text.isdigit()]
        when = DATE.match(date.text)
        rows.append((int(when["day"]), int(when["month"]), int(lesson[0]) if lesson else None, squeeze(inside[2]), squeeze(inside[3])))
    # A page may hold nothing but the sums of terms.
    return Plan(number, title_of(words), rows) if rows else None


def squeeze(words):
    """Text without spaces and hyphens: what line breaks cannot change."""
    if isinstance(words, str):
        return re.sub(r"[\s\u00ad\u2010-]+", "", words)
    return squeeze(" ".join(word.text for line in lines_of(words) for word in line))
