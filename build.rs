//! Digests the program's own sources, templates and fonts: builds by different programs are told apart.

use std::path::{Path, PathBuf};

fn main() {
    let mut files = vec![PathBuf::from("Cargo.lock"), PathBuf::from("Cargo.toml"), PathBuf::from("build.rs")];
    for folder in ["src", "templates", "fonts"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files);
    }
    files.sort();
    let mut digest = FNV_OFFSET;
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        digest = fnv1a(digest, file.to_string_lossy().replace('\\', "/").as_bytes());
        digest = fnv1a(digest, &std::fs::read(&file).unwrap_or_default());
    }
    println!("cargo::rustc-env=LETOPIS_SOURCES={digest:016x}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits: the same with every toolchain; enough to notice a change, it protects nothing.
fn fnv1a(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |digest, byte| (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
