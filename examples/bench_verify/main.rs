//! Measures `letopis verify` beside the programs that a school could use instead, every figure as a ratio within this run:
//! `cargo run --release --example bench_verify [-- MEGABYTES]` (2,000 by default, in the temporary folder). What is not
//! installed of `openssl`, `rhash`, `sha256sum` and `bagit.py` is left out.

// A benchmark reads clocks and writes scratch folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod bags;
#[path = "../bench/clock.rs"]
mod clock;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use bags::Bag;
use clock::{Cost, measure, peak_mib};
use letopis::base::digest::Algorithm::{Sha256, Sha512};
use letopis::verify::{Status, verify};

/// How often each is measured; the best counts, for other work on the machine only ever adds.
const TIMES: usize = 3;

fn main() -> Result<()> {
    let megabytes: u64 = std::env::args().nth(1).map_or(Ok(2_000), |text| text.parse())?;
    let home = tempfile::tempdir()?;
    println!(
        "{} threads; wall / CPU in seconds, best of {TIMES}",
        std::thread::available_parallelism()?.get()
    );
    digests(home.path(), megabytes)?;
    large_file(home.path())?;
    small_files(home.path())
}

/// Both digests of large files, against `openssl` taking each by itself.
fn digests(home: &Path, megabytes: u64) -> Result<()> {
    let mut bag = Bag::of_random_files(&home.join("bag"), megabytes, 1 << 20)?;
    println!("\n{megabytes} files of 1 MiB");
    let start = peak_mib();
    bag.list(&[Sha256])?;
    let one = verified("letopis verify, sha256", &bag)?;
    let openssl = ["-sha256", "-sha512"].map(|digest| {
        let program = command("openssl", &["dgst", digest], &bag.paths, &bag.folder);
        outside(&format!("openssl dgst {digest}"), program)
    });
    outside(
        "rhash --sha256 -c",
        command("rhash", &["--sha256", "-c", "manifest-sha256.txt"], &[], &bag.folder),
    )?;
    outside("sha256sum -c", command("sha256sum", &["-c", "manifest-sha256.txt"], &[], &bag.folder))?;
    outside("bagit.py --validate", command("bagit.py", &["--quiet", "--validate", "."], &[], &bag.folder))?;
    bag.list(&[Sha256, Sha512])?;
    let both = verified("letopis verify, both digests", &bag)?;
    let [Some(sha256), Some(sha512)] = openssl.map(|cost| cost.ok().flatten()) else { return Ok(()) };
    ratio("sha256 against openssl, CPU", one.cpu / sha256.cpu, 1.1);
    ratio("both against the two openssl runs, CPU", both.cpu / (sha256.cpu + sha512.cpu), 1.25);
    println!("peak memory grew by {} MiB", peak_mib() - start);
    std::fs::remove_dir_all(&bag.folder).context("removing the files")
}

/// A file larger than any 32-bit number, mostly a hole: memory must not grow with it.
fn large_file(home: &Path) -> Result<()> {
    let mut bag = Bag::of_hole(&home.join("large"), 5 << 30)?;
    bag.list(&[Sha256])?;
    println!("\none file of 5 GiB");
    let start = peak_mib();
    verified("letopis verify, sha256", &bag)?;
    println!("peak memory grew by {} MiB", peak_mib() - start);
    std::fs::remove_dir_all(&bag.folder).context("removing the file")
}

/// Very many small files, against walking the folders and opening each.
fn small_files(home: &Path) -> Result<()> {
    let mut bag = Bag::of_small_files(&home.join("small"), 100_000)?;
    bag.list(&[Sha256, Sha512])?;
    println!("\n{} small files", bag.paths.len());
    let ours = verified("letopis verify, both digests", &bag)?;
    let mut opened = 0;
    let walk = best(|| {
        opened = 0;
        for item in walkdir::WalkDir::new(bag.folder.join("data")) {
            let item = item?;
            if item.file_type().is_file() {
                drop(std::fs::File::open(item.path())?);
                opened += 1;
            }
        }
        Ok(())
    })?;
    ensure!(opened == bag.paths.len(), "{opened} files opened");
    show("walking and opening", walk);
    outside("bagit.py --validate", command("bagit.py", &["--quiet", "--validate", "."], &[], &bag.folder))?;
    ratio("against walking and opening, wall", ours.wall / walk.wall, 2.0);
    println!("{:<44} {:>6.2}", "the same, CPU", ours.cpu / walk.cpu);
    Ok(())
}

fn verified(title: &str, bag: &Bag) -> Result<Cost> {
    let cost = best(|| {
        let report = verify(std::slice::from_ref(&bag.folder));
        ensure!(report.status() == Status::Valid, "{:?}", report.all_findings().next());
        Ok(())
    })?;
    show(title, cost);
    Ok(cost)
}

/// Measures another program; `None` where it is not installed.
fn outside(title: &str, mut program: Command) -> Result<Option<Cost>> {
    if program.stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        println!("{title:<44} not installed");
        return Ok(None);
    }
    let cost = best(|| {
        ensure!(program.status()?.success(), "{title} failed");
        Ok(())
    })?;
    show(title, cost);
    Ok(Some(cost))
}

fn command(name: &str, options: &[&str], paths: &[String], folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.args(options).args(paths.iter().map(PathBuf::from)).current_dir(folder);
    command
}

fn show(title: &str, cost: Cost) {
    println!("{title:<44} {:>6.2} / {:.2}", cost.wall, cost.cpu);
}

fn ratio(title: &str, found: f64, wanted: f64) {
    let verdict = if found <= wanted { "met" } else { "MISSED" };
    println!("{title:<44} {found:>6.2} (at most {wanted:.2}: {verdict})");
}

/// Measures some work several times.
fn best(mut work: impl FnMut() -> Result<()>) -> Result<Cost> {
    let mut best = Cost { wall: f64::INFINITY, cpu: f64::INFINITY };
    for _ in 0..TIMES {
        let (done, cost) = measure(&mut work);
        done?;
        best = Cost { wall: best.wall.min(cost.wall), cpu: best.cpu.min(cost.cpu) };
    }
    Ok(best)
}
