"""The pages of a class journal as a reader sees them: words with their boxes (`pdftotext -bbox`), grids of marks, rows of topics."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import namedtuple

# --- what is known of the layout ---
DAY = re.compile(r"^(?:[1-9]|[12]\d|3[01])$")
DATE = re.compile(r"^(?P<day>\d\d)\.(?P<month>\d\d)(?:\.(?:\d\d){1,2})?$")
TOPIC_HEAD, HOMEWORK_HEAD = ("Тема", "Что"), ("Домашнее", "Задание")

Word = namedtuple("Word", "x0 y0 x1 y1 text")
Grid = namedtuple("Grid", "number title columns rows words")  # a left page: columns [(day, x0, x1)], rows {name: [(y0, y1)]}: namesakes share a name
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


# --- the two kinds of pages ---


def read_grid(number, words, names):
    """The page as a grid of marks, or None. `names`: a set of (surname, given name)."""
    rows = name_rows(words, names)
    if not rows:
        return None
    top = min(y0 for spans in rows.values() for y0, _ in spans)
    left = min(word.x1 for word in words if (word.y0 + word.y1) / 2 > top)
    heads = [[word for word in line if DAY.match(word.text) and word.x0 > left] for line in lines_of(words) if line[0].y1 < top + 1]
    head = max(heads, key=len, default=[])
    if not head:
        return None
    ends = bounds([middle(word) for word in head], 9.0)
    columns = [(int(word.text), max(x0, middle(word) - 9.0), min(x1, middle(word) + 9.0)) for word, (x0, x1) in zip(head, ends)]
    title = " ".join(word.text for line in lines_of(words) if line[0].y1 < head[0].y0 for word in line)
    return Grid(number, title, columns, rows, words)


def name_rows(words, names):
    """{name: [(top, bottom)]} of the rows that begin with a pupil's surname and given name."""
    found = []
    for line in lines_of(words):
        for first, second in zip(line, line[1:]):
            if (first.text, second.text) in names:
                found.append(((first.text, second.text), (first.y0 + first.y1) / 2))
                break
    if not found:
        return {}
    edge = min([b - a for (_, a), (_, b) in zip(found, found[1:])] or [12.0]) / 2
    spans = bounds([centre for _, centre in found], edge)
    rows = {}
    for (name, centre), (y0, y1) in zip(found, spans):
        rows.setdefault(name, []).append((max(y0, centre - edge - 0.5), min(y1, centre + edge + 0.5)))
    return rows


def cell(grid, span, column):
    """The texts in a cell, from left to right; `span` is top and bottom of the row."""
    (y0, y1), (_, x0, x1) = span, grid.columns[column]
    inside = [word for word in grid.words if y0 < (word.y0 + word.y1) / 2 < y1 and x0 < middle(word) < x1]
    return [part for word in sorted(inside) for part in re.split(r"[/\s]+", word.text) if part]


def read_plan(number, words):
    """The page as rows of topics, or None."""
    lines = lines_of(words)
    head = next((line for line in lines if {w.text for w in line} & set(TOPIC_HEAD) and {w.text for w in line} & set(HOMEWORK_HEAD)), None)
    if head is None:
        return None
    topic_x = min(word.x0 for word in head if word.text in TOPIC_HEAD) - 3
    homework_x = min(word.x0 for word in head if word.text in HOMEWORK_HEAD) - 3
    below = [word for word in words if word.y0 > head[0].y1 - 1]
    dates = sorted((word for word in below if word.x1 < topic_x and DATE.match(word.text)), key=lambda word: word.y0)
    title = " ".join(word.text for line in lines if line[0].y1 < head[0].y0 for word in line)
    rows = []
    for date, following in zip(dates, [*dates[1:], None]):
        row = [w for w in below if date.y0 - 2 <= w.y0 and (following is None or w.y0 < following.y0 - 2)]
        lesson = [w.text for w in row if w.x0 > date.x1 and w.x1 < topic_x and w.text.isdigit()]
        topic = squeeze(w for w in row if topic_x <= w.x0 < homework_x)
        homework = squeeze(w for w in row if w.x0 >= homework_x)
        when = DATE.match(date.text)
        rows.append((int(when["day"]), int(when["month"]), int(lesson[0]) if lesson else None, topic, homework))
    # A dated row without a lesson number is a note (the end of a term).
    return Plan(number, title, [row for row in rows if row[2] is not None])


def squeeze(words):
    """Text without spaces and hyphens: what line breaks cannot change."""
    if isinstance(words, str):
        return re.sub(r"[\s\u00ad\u2010-]+", "", words)
    return squeeze(" ".join(word.text for line in lines_of(words) for word in line))
