//! How long each stage of a build took.

use std::time::{Duration, Instant};

use crate::base::said::Said;

/// Times of the stages, for the terminal only.
#[derive(Default)]
pub struct Stages(pub Vec<(Said<&'static str>, Duration)>);

impl Stages {
    /// Runs a stage and records its time under a name.
    pub fn time<T>(&mut self, name: Said<&'static str>, stage: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = stage();
        self.0.push((name, start.elapsed()));
        result
    }
}
