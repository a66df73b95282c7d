//! Bags, manifests and their verification. Knows bytes, not what the documents mean.
