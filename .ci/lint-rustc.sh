#!/usr/bin/env bash
# Cargo's RUSTC_WORKSPACE_WRAPPER in CI: compiles a crate of the workspace with clippy-driver, and its library with rustdoc too.
#
# `cargo clippy` and `cargo doc` want every dependency's check-mode metadata, which for polars and typst is a second build of minutes.
# clippy-driver compiles like rustc, so under `cargo build` the dependencies are the ones that the tests and the program use;
# rustdoc is called with the same --extern arguments. Lints come from CLIPPY_ARGS, set by the caller as cargo-clippy sets it.
set -euo pipefail

clippy_driver=$(rustup which clippy-driver 2>/dev/null || command -v clippy-driver)
"$clippy_driver" "$@"

# Cargo also asks the wrapper for versions (-vV), and builds binaries and tests: only the plain library has documentation of its own.
case " $* " in
*" --crate-type lib "*) ;;
*) exit 0 ;;
esac

documentation=$(mktemp -d)
trap 'rm -rf "$documentation"' EXIT
rustdoc_arguments=()
shift # the path of rustc
while [ $# -gt 0 ]; do
    case "$1" in
    --emit | --out-dir | -C) shift ;; # products of rustc: rustdoc has one, the folder below
    --emit=* | --out-dir=* | -C*) ;;
    *) rustdoc_arguments+=("$1") ;;
    esac
    shift
done
"$(rustup which rustdoc 2>/dev/null || command -v rustdoc)" "${rustdoc_arguments[@]}" -D warnings -o "$documentation"
