#!/bin/sh
# RUSTC_WRAPPER: counts the edges of the program's own code and of the readers it trusts files to; typst, polars and the
# rest are built as they are, which keeps the build short.
case " $* " in
*" --target "*) ;;
*) exec "$@" ;;
esac
case " $* " in
*" --crate-name fuzz "* | *" --crate-name letopis "* | *" --crate-name calamine "* | *" --crate-name html5gum "* | *" --crate-name quick_xml "*)
    exec "$@" --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
        -Cllvm-args=-sanitizer-coverage-trace-compares
    ;;
esac
exec "$@"
