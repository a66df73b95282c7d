//! How long each stage of a build took.

use std::time::{Duration, Instant};

/// Times of the stages, for the terminal only.
#[derive(Default)]
pub struct Stages(pub Vec<([&'static str; 2], Duration)>);

impl Stages {
    /// Runs a stage and records its time under a Russian and an English name.
    pub fn time<T>(&mut self, name: [&'static str; 2], stage: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = stage();
        self.0.push((name, start.elapsed()));
        result
    }
}
