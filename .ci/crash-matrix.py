#!/usr/bin/env python3
"""Kills and starves `letopis build` at its system calls and looks what is left: the earlier outputs or the new ones, whole, and what other
people laid among them, once and after the next run in its place.

Usage: crash-matrix.py LETOPIS [EVERY]   (the program; take every EVERYth fsync, default 1: all of them). Needs strace; as root it also
fills a small disk and mounts one read-only. Prints one line per kind of fault, exits 1 when any case broke a promise.

strace counts calls per thread, so the program gets one thread for its work, and "the Nth call" is that of whichever thread gets there first.
"""

import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

YEAR = "2024-2025"
OLD, NEW = "2025-05-01", "2025-06-01"
LETOPIS = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
EVERY = int(sys.argv[2]) if len(sys.argv) > 2 else 1
# What a run does to the disk, and the renames of one where folders cannot be exchanged: of its lists and of the folders.
# After the last but one the new outputs stand.
CALLS = ("fsync", "write", "mkdir", "unlink", "rmdir")
RENAMES = range(1, 6)
BUNDLE = {
    "school.toml": '[school]\nname = "Школа посёлка Выдуманного"\n[year]\ntitle = "2024-2025"\nstart = 2024-09-01\nend = 2025-05-31\n',
    "terms.csv": "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\nY,year,Год,2024-09-02,2025-05-25,1-9\n",
    "staff.csv": "staff_id,name\nS1,Берёзкин Тит Титович\n",
    "subjects.csv": "subject_id,title,grading\nmath,Математика,five\n",
    "classes.csv": "class_id,grade,teacher_id\n5А,5,S1\n",
    "pupils.csv": "pupil_id,surname,given_name\nP1,Ольхин,Пётр\nP2,Ивушкина,Анна\n",
    "enrolment.csv": "pupil_id,class_id,from,to\nP1,5А,2024-09-02,\nP2,5А,2024-09-02,\n",
    "courses.csv": "course_id,subject_id,class_id,teacher_id,hours_week,kind\nC1,math,5А,S1,5,lesson\n",
    "lessons.csv": "lesson_id,course_id,date,number,status,teacher_id,topic\nL1,C1,2024-09-03,1,held,S1,Дроби\n",
    "marks.csv": "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,5\nM2,L1,P2,4\n",
}


def command(outputs, as_of=NEW):
    return [LETOPIS, "--lang", "en", "build", WORK / "in", "-o", outputs, "--threads", "1", "--as-of", as_of]


def run(arguments):
    done = subprocess.run([str(word) for word in arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def traced(outputs, *options, log="/dev/null"):
    # Not with --seccomp-bpf: with it strace 6.1 injects errors but no signals.
    return run(["strace", "-f", "-o", log, *options, *command(outputs)])


def state(outputs, name=YEAR):
    """"absent", "OLD", "NEW" or what is wrong: every file of build.json has its digest and no file is there besides."""
    target = outputs / name
    if not target.exists():
        return "absent"
    try:
        record = json.loads((target / "build.json").read_bytes())
    except (OSError, ValueError) as error:
        return f"no record: {error}"
    listed = {product["path"]: product["sha256"] for product in record["products"]}
    found = {}
    for path in target.rglob("*"):
        inside = path.relative_to(target).as_posix()
        if path.is_file() and path.name != "build.json" and inside not in FOREIGN:
            found[inside] = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != listed:
        return f"not whole: {sorted(set(found.items()) ^ set(listed.items()))[:3]}"
    return {OLD: "OLD", NEW: "NEW"}.get(record["fingerprint"]["as_of"], "another build")


# What others laid into the earlier outputs.
FOREIGN = {name: f"letter {name}" for name in ("letter.txt", "journals/note.txt", "letters/2025/answer.txt", "archive/journal.txt")}


def lost(outputs, in_place):
    """Letters that are not there exactly once; with in_place, not where they were laid."""
    found = [(path, path.read_bytes()) for path in outputs.rglob("*") if path.is_file() and path.stat().st_size < 100]
    faults = []
    for name, text in FOREIGN.items():
        places = [path for path, content in found if content == text.encode()]
        if len(places) != 1 or (in_place and places != [outputs / YEAR / name]):
            faults.append(f"{name}: {[str(place.relative_to(outputs)) for place in places]}")
    return faults


def leftovers(outputs):
    return sorted(set(os.listdir(outputs)) - {YEAR, f".{YEAR}.lock"})


def prepare(earlier, parent=None):
    outputs = pathlib.Path(tempfile.mkdtemp(dir=parent or WORK))
    if earlier:
        shutil.copytree(WORK / "old", outputs, dirs_exist_ok=True)
        for name, text in FOREIGN.items():
            (outputs / YEAR / name).parent.mkdir(parents=True, exist_ok=True)
            (outputs / YEAR / name).write_text(text)
    return outputs


def killed(earlier, *options, set_aside=False):
    """A run killed at one call: old or new remains, and the next run makes the new and leaves nothing. None: never got there.

    `set_aside`: between two renames the old outputs may stand whole under their other name, from where the next run takes them."""
    outputs = prepare(earlier)
    code, _ = traced(outputs, *options)
    if code in (0, 1):
        shutil.rmtree(outputs)
        return None
    left = state(outputs)
    if set_aside and left == "absent":
        left = state(outputs, f".{YEAR}.old")
    faults = [] if left in (("OLD", "NEW") if earlier else ("absent", "NEW")) else [f"after the kill: {left}"]
    faults += lost(outputs, False) if earlier else []
    code, text = run(command(outputs))
    faults += lost(outputs, True) if earlier else []
    if code not in (0, 1) or state(outputs) != "NEW" or leftovers(outputs):
        faults.append(f"the next run: code {code}, {state(outputs)}, leftovers {leftovers(outputs)}: {text[-300:]}")
    shutil.rmtree(outputs)
    return faults


def failed(earlier, words, *options):
    """Makes a call of the run fail. The run ends with 2, or 5 for a full disk, a message, the earlier outputs, nothing left over. None: it never got there."""
    outputs = prepare(earlier)
    log = outputs.with_suffix(".log")
    code, text = traced(outputs, *options, log=log)
    injected = [line for line in log.read_text(errors="replace").splitlines() if "(INJECTED)" in line]
    faults = refusal(outputs, code, text, "OLD" if earlier else "absent", words)
    shutil.rmtree(outputs)
    # The same call of the other thread may be the one that prints the message.
    is_mute = any(re.search(r" write\([12],", line) for line in injected)
    return None if is_mute or is_new(faults) else faults


DONE = ["the run did its work"]


def is_new(faults):
    return faults is DONE


def refusal(outputs, code, text, expected, words):
    """What a run that could not do its work did wrong; DONE when it could."""
    found = state(outputs)
    if code in (0, 1) and found == "NEW":
        return DONE
    faults = []
    if code != (5 if "No space left" in words else 2):
        faults.append(f"code {code}: {text[-300:]}")
    if not any(word in text for word in words) or "panicked" in text:
        faults.append(f"message: {text[-300:]}")
    if found != expected:
        faults.append(f"{found} instead of {expected}")
    if leftovers(outputs):
        faults.append(f"leftovers: {leftovers(outputs)}")
    return faults + (lost(outputs, True) if expected == "OLD" else [])


def sweep(name, cases):
    start = time.monotonic()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda case: case[0](*case[1:]), cases))
    reached = [(case, faults) for case, faults in zip(cases, results) if faults is not None]
    broken = [(case, faults) for case, faults in reached if faults]
    print(f"{name}: {len(reached)} cases, {len(broken)} broken, {time.monotonic() - start:.0f} s", flush=True)
    for case, faults in broken[:5]:
        print("   ", case[1:], "; ".join(faults))
    return not reached or bool(broken)


def counts(outputs, *options):
    """How often each call is made by the thread that makes it most."""
    log = WORK / "log"
    run(["strace", "-f", "--seccomp-bpf", "-o", log, "-e", "trace=" + ",".join(CALLS), *options, *command(outputs)])
    found = {}
    for line in log.read_text(errors="replace").splitlines():
        thread, _, rest = line.partition(" ")
        call = rest.strip().split("(")[0]
        found[call, thread] = found.get((call, thread), 0) + 1
    return {call: max(n for (name, _), n in found.items() if name == call) for call in CALLS}


def inject(call, what, when):
    return "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={when}"


def kills(most):
    kill = "signal=KILL"
    yield "kill at fsync", [(killed, True, *inject("fsync", kill, n)) for n in range(1, most["fsync"] + 1, EVERY)]
    yield "kill at the exchange", [(killed, True, *inject("renameat2", kill, 1))]
    yield "kill at the first rename", [(killed, False, *inject("rename", kill, 1))]
    yield "kill at fsync, first build", [(killed, False, *inject("fsync", kill, n)) for n in range(1, most["fsync"] + 1, 10 * EVERY)]
    for call, step in ("write", 12), ("mkdir", 8), ("unlink", 6), ("rmdir", 2):
        yield f"kill at {call}", [(killed, True, *inject(call, kill, n)) for n in range(1, most[call] + 1, step * EVERY)]
    # A file system that cannot exchange two folders: two renames, and a moment between them.
    plain = ("-e", "trace=renameat2,rename,unlink", "-e", "inject=renameat2:error=EINVAL")
    aside = functools.partial(killed, set_aside=True)
    two = [(aside, True, *plain, "-e", f"inject=rename:{kill}:when={n}") for n in RENAMES]
    two += [(killed, True, *plain, "-e", f"inject=unlink:{kill}:when={n}") for n in range(1, most["unlink"], 25)]
    yield "kill at two-step renames", two


def failures(most):
    full, broken = ["No space left"], ["Input/output error"]
    yield "write fails, disk full", [(failed, True, full, *inject("write", "error=ENOSPC", n)) for n in range(4, most["write"], 12 * EVERY)]
    yield "fsync fails", [(failed, True, broken, *inject("fsync", "error=EIO", n)) for n in range(1, most["fsync"] + 1, 4 * EVERY)]
    yield "rename fails", [(failed, False, broken, *inject("rename", "error=EIO", 1))]
    both = ("-e", "trace=renameat2,rename", "-e", "inject=renameat2:error=EINVAL")
    yield "two-step rename fails", [(failed, True, broken, *both, "-e", f"inject=rename:error=EIO:when={n}") for n in RENAMES[:-1]]


def last_fsync():
    """The fsync of the folder above, after the new outputs took their place."""
    faults = []
    for earlier in True, False:
        outputs = prepare(earlier)
        code, text = traced(outputs, "-P", outputs, *inject("fsync", "error=EIO", 1))
        faults += refusal(outputs, code, text, "OLD" if earlier else "absent", ["Input/output error"])
    return faults


def two_at_once():
    outputs = prepare(True)
    slow = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=renameat2", "-e", "inject=renameat2:delay_enter=3000000"]
    first = subprocess.Popen([str(word) for word in [*slow, *command(outputs)]], stdout=subprocess.DEVNULL)
    faults = []
    for _ in range(200):
        time.sleep(0.05)
        if (outputs / f".{YEAR}.new").exists():
            break
    code, text = run(command(outputs))
    if code != 4 or "another run" not in text or state(outputs) != "OLD":
        faults.append(f"the second run: code {code}, {state(outputs)}: {text[-300:]}")
    if first.wait() not in (0, 1) or state(outputs) != "NEW" or leftovers(outputs):
        faults.append(f"the first run: {first.returncode}, {state(outputs)}, {leftovers(outputs)}")
    return faults


def mounted(options):
    disk = pathlib.Path(tempfile.mkdtemp(dir=WORK))
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=True)
    return disk


def may_mount():
    try:
        disk = mounted("size=64k")
    except (OSError, subprocess.CalledProcessError):
        return False
    return subprocess.run(["umount", str(disk)], check=True).returncode == 0


def full_disk(kibibytes):
    disk = mounted(f"size={kibibytes}k")
    try:
        outputs = prepare(True, disk)
        code, text = run(command(outputs))
        faults = refusal(outputs, code, text, "OLD", ["No space left"])
        return None if is_new(faults) else faults
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def read_only():
    disk = mounted("size=64m")
    try:
        outputs = prepare(True, disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        code, text = run(command(outputs))
        return refusal(outputs, code, text, "OLD", ["Read-only file system"])
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def disks(old):
    """Sizes from "nothing more fits" to "nearly all of the new outputs fit", in steps."""
    size = sum(max(path.stat().st_size, 1) + 4095 & ~4095 for path in old.rglob("*")) // 1024
    yield "full disk", [(full_disk, size + size * part // 10) for part in range(1, 10)]
    yield "read-only disk", [(read_only,)]


def main():
    for name, text in BUNDLE.items():
        (WORK / "in").mkdir(exist_ok=True)
        (WORK / "in" / name).write_text(text, encoding="utf-8")
    code, text = run(command(WORK / "old", OLD))
    assert code in (0, 1) and state(WORK / "old") == "OLD", text
    most = counts(prepare(True))
    print("calls of the busiest thread:", most, flush=True)
    groups = [*kills(most), *failures(most), ("the last fsync fails", [(last_fsync,)]), ("two runs at once", [(two_at_once,)])]
    if may_mount():
        groups += disks(WORK / "old")
    else:
        print("may not mount: no small and no read-only disk")
    broken = [name for name, cases in groups if sweep(name, cases)]
    print("broken: " + ", ".join(broken) if broken else "every case kept its promise")
    return 1 if broken else 0


if __name__ == "__main__":
    if LETOPIS is None:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="crash-matrix-") as folder:
        WORK = pathlib.Path(folder)
        sys.exit(main())
