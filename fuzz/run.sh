#!/usr/bin/env bash
# Fuzzes one target: `fuzz/run.sh TARGET [SECONDS]`; without a target it builds and lists them. See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$here/target}
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTC_WRAPPER=$here/rustc.sh cargo build --release --locked --target "$host" --manifest-path "$here/Cargo.toml"
[ $# -gt 0 ] || { grep -oE '^    \("[a-z]+"' "$here/src/targets.rs" | tr -d ' ("'; exit 0; }
target=$1 seconds=${2:-600}
mkdir -p "$here/corpus/$target" "$here/artifacts/$target"
python3 "$here/seeds.py" "$target" "$here/corpus/$target"
LETOPIS_FUZZ=$target RAYON_NUM_THREADS=1 POLARS_MAX_THREADS=1 "$CARGO_TARGET_DIR/$host/release/fuzz" \
    -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -max_len=60000 -dict="$here/corpus/$target.dict" \
    -artifact_prefix="$here/artifacts/$target/" -print_final_stats=1 "$here/corpus/$target"
