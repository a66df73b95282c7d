//! Ctrl-C and termination signals: the file in progress is removed first, then the process ends with 128 plus
//! the signal's number.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::base::said::{Lang, said};
use crate::outputs::signals::abandon;

/// How often signals are checked.
const PAUSE: Duration = Duration::from_millis(40);

#[cfg(unix)]
const SIGNALS: &[i32] = &[SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const SIGNALS: &[i32] = &[SIGINT, SIGTERM];

/// Starts listening, once per process.
pub fn listen(lang: Lang) {
    let came = Arc::new(AtomicUsize::new(0));
    for signal in SIGNALS.iter().filter(|signal| !is_ignored(**signal)) {
        // If the system refuses, the signal keeps its default effect, and the next run cleans up.
        let _ = signal_hook::flag::register_usize(
            *signal,
            Arc::clone(&came),
            usize::try_from(*signal).unwrap_or(0),
        );
    }
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            let signal = came.load(Ordering::SeqCst);
            if signal != 0 {
                end(signal, lang);
            }
        }
    });
}

// The other threads are still working; nobody waits for them.
#[allow(clippy::exit)]
fn end(signal: usize, lang: Lang) {
    abandon();
    let said = said!(
        "прервано; незаконченное убрано, собранное раньше цело",
        "interrupted; what was unfinished is removed, what was built before is whole"
    );
    // The sender of the signal may have closed the terminal.
    let _ = writeln!(std::io::stderr(), "letopis: {}", said.pick(lang));
    std::process::exit(128 + i32::try_from(signal).unwrap_or(0));
}

/// Returns whether a signal was ignored when the program started, as `nohup` does. Then it stays ignored.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (signal - 1) & 1 == 1
}
