#!/usr/bin/env python3
"""Kills `letopis archive` and `letopis copy --parity` at their system calls, lets a foreign `par2` mend what they wrote, and turns the clock.

Usage: archive-matrix.py LETOPIS [EVERY]   (take every EVERYth call, default 1: all). Each part is left out, and says so, where strace, par2 or
faketime is not installed. Exits 1 when any case broke a promise.
"""

import importlib.util
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("crash_matrix", HERE / "crash-matrix.py")
CRASH = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(CRASH)
BAGS = (f"journals-{CRASH.YEAR}-ed1", f"summary-sheets-{CRASH.YEAR}-ed1")


def letopis(*arguments, wrapper=()):
    command = [str(word) for word in (*wrapper, CRASH.LETOPIS, "--lang", "en", *arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def tree(folder):
    """Every file with its bytes, but registers, which tell the time."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if not path.name.startswith(("register", ".letopis"))}


def calls(folder, command):
    log = folder / "log"
    letopis(*command, wrapper=("strace", "-f", "-o", log, "-e", "trace=fsync,rename,write,mkdir"))
    found = {}
    for line in log.read_text(errors="replace").splitlines():
        thread, _, rest = line.partition(" ")
        call = rest.strip().split("(")[0]
        found[call, thread] = found.get((call, thread), 0) + 1
    return {call: max((n for (name, _), n in found.items() if name == call), default=0) for call in ("fsync", "rename", "write", "mkdir")}


def sweep(name, prepare, command, whole):
    """Kills at each call; the next run must finish and leave what an undisturbed one leaves."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        prepare(folder)
        most = calls(folder, command(folder))
        expected = whole(folder)
    broken, cases = [], 0
    for call, count in most.items():
        for number in range(1, count + 1, CRASH.EVERY * (1 if call in ("fsync", "rename") else 7)):
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                prepare(folder)
                kill = ("strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}")
                code, _ = letopis(*command(folder), wrapper=kill)
                cases += code != 0
                code, text = letopis(*command(folder))
                judged, verdict = letopis("verify", folder / "archive")
                if code or judged or whole(folder) != expected:
                    broken.append(f"{call} {number}: code {code}, verify {judged}: {text[-200:]} {verdict[-200:]}")
    print(f"{name}: {most}, {cases} kills, {len(broken)} broken", flush=True)
    for line in broken[:5]:
        print("   ", line)
    return bool(broken) or not cases


def archive_of(folder):
    code, text = letopis("archive", CRASH.WORK / "old" / CRASH.YEAR, "--to", folder / "archive")
    assert code == 0, text


def kills():
    archiving = lambda folder: ("archive", CRASH.WORK / "old" / CRASH.YEAR, "--to", folder / "archive")
    copying = lambda folder: ("copy", folder / "archive", folder / "usb", "--parity")
    broken = sweep("kill archive", lambda _: None, archiving, lambda folder: tree(folder / "archive"))
    return sweep("kill copy --parity", archive_of, copying, lambda folder: tree(folder / "usb")) or broken


def damage(bag):
    """Flipped bytes, a file cut, one gone and one renamed."""
    choice = random.Random(5)
    files = sorted((path for path in bag.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    for path in files[1:4]:
        content = bytearray(path.read_bytes())
        content[choice.randrange(len(content))] ^= 0x40
        path.write_bytes(content)
    os.truncate(files[5], files[5].stat().st_size // 2)
    files[6].unlink()
    files[7].rename(files[7].with_name("renamed.bin"))


def foreign_par2():
    if not shutil.which("par2"):
        print("par2 is not installed: not asked")
        return False
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        archive_of(folder)
        code, text = letopis("copy", folder / "archive", folder / "usb", "--parity", "60")
        assert code == 0, text
        for bag in BAGS:
            done = subprocess.run(["par2", "verify", "-q", "-q", f"{bag}.par2"], cwd=folder / "usb", capture_output=True)
            if done.returncode:
                faults.append(f"par2 does not verify {bag}: {done.stdout[-300:]}")
            damage(folder / "usb" / bag)
        shutil.copytree(folder / "usb", folder / "foreign")
        for bag in BAGS:
            code, text = letopis("repair", folder / "usb" / bag, "-o", folder / "new")
            if code or tree(folder / "new" / bag) != tree(folder / "archive" / bag):
                faults.append(f"letopis did not mend {bag}: {text[-500:]}")
            done = subprocess.run(["par2", "repair", "-q", "-q", f"{bag}.par2"], cwd=folder / "foreign", capture_output=True)
            mended = {name: content for name, content in tree(folder / "foreign" / bag).items() if not name.endswith((".1", "renamed.bin"))}
            if done.returncode or mended != tree(folder / "archive" / bag):
                faults.append(f"par2 did not mend {bag}: {done.stdout[-500:]}")
    print(f"a foreign par2: {len(faults)} broken", *faults, sep="\n    ")
    return bool(faults)


def clocks():
    if not shutil.which("faketime"):
        print("faketime is not installed: the clock is not turned")
        return False
    faults = []
    for first, second in (("1970-01-01 00:00:01", "2051-01-01 12:00:00"), ("2051-12-30 12:00:00", "1970-01-01 00:00:01")):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            steps = (
                (first, ("archive", CRASH.WORK / "old" / CRASH.YEAR, "--to", folder / "archive")),
                (second, ("copy", folder / "archive", folder / "usb", "--parity")),
                (first, ("verify", folder / "archive", folder / "usb", "--protocol", folder / "protocol")),
                (second, ("verify", folder / "usb", "--record")),
                (first, ("retention", folder / "archive")),
            )
            for moment, command in steps:
                code, text = letopis(*command, wrapper=("env", "TZ=UTC", "faketime", moment))
                if code or "panicked" in text:
                    faults.append(f"{moment}, {command[0]}: code {code}: {text[-300:]}")
            years = [line.split("\t")[1][:4] for line in (folder / "archive" / "register.txt").read_text().splitlines()[1:]]
            if years != [first[:4]] * 2 + [second[:4]] * 2:
                faults.append(f"the register has the years {years}")
    print(f"clocks in 1970 and 2051: {len(faults)} broken", *faults, sep="\n    ")
    return bool(faults)


def main():
    for name, text in CRASH.BUNDLE.items():
        (CRASH.WORK / "in").mkdir(exist_ok=True)
        (CRASH.WORK / "in" / name).write_text(text, encoding="utf-8")
    code, text = CRASH.run(CRASH.command(CRASH.WORK / "old"))
    assert code in (0, 1), text
    broken = [foreign_par2(), clocks()]
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0:
        broken.append(kills())
    else:
        print("programs may not be traced here: nothing is killed")
    return 1 if any(broken) else 0


if __name__ == "__main__":
    if CRASH.LETOPIS is None:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="archive-matrix-") as folder:
        CRASH.WORK = pathlib.Path(folder)
        sys.exit(main())
