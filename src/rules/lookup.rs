//! The hash map of look-ups.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// A hash map that is quick for small keys.
pub(super) type Lookup<K, V> = HashMap<K, V, FxBuildHasher>;
