//! A signal ends the run in order: unfinished files are removed first, because they hold names, marks and
//! health data.
//!
//! Temporary things are registered here. When the signal comes, no new writing may begin (`working`), the
//! registered things are removed in reverse order, and the process ends.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

type Removal = Box<dyn Fn() + Send>;

static WATCHED: LazyLock<Mutex<(u64, BTreeMap<u64, Removal>)>> = LazyLock::new(Mutex::default);
static WORK: RwLock<()> = RwLock::new(());

/// Something temporary, which is removed when a signal ends the run.
pub(super) struct Watched<T> {
    number: u64,
    thing: Arc<T>,
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.thing
    }
}

impl<T> Drop for Watched<T> {
    fn drop(&mut self) {
        watched().1.remove(&self.number);
    }
}

fn watched() -> MutexGuard<'static, (u64, BTreeMap<u64, Removal>)> {
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Registers something for removal when a signal ends the run.
pub(super) fn watch<T: Send + Sync + 'static>(thing: T, remove: impl Fn(&T) + Send + 'static) -> Watched<T> {
    let thing = Arc::new(thing);
    let mut watched = watched();
    watched.0 += 1;
    let (number, own) = (watched.0, Arc::clone(&thing));
    watched.1.insert(number, Box::new(move || remove(&own)));
    drop(watched);
    Watched { number, thing }
}

/// A signal waits while this guard is held: for the moments when something is made or gets its place.
pub(super) fn working() -> RwLockReadGuard<'static, ()> {
    WORK.read().unwrap_or_else(PoisonError::into_inner)
}

/// Removes everything unfinished. Nothing can be written after this.
pub fn abandon() {
    let stop = WORK.write().unwrap_or_else(PoisonError::into_inner);
    // The process ends next; until then nobody may start writing.
    std::mem::forget(stop);
    let removals = std::mem::take(&mut watched().1);
    removals.values().rev().for_each(|remove| remove());
}
