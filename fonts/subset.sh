#!/usr/bin/env bash
# Makes the faces that draw what Liberation lacks out of the Noto fonts: bash fonts/subset.sh NOTO_FOLDER OUTPUT_FOLDER
# NOTO_FOLDER is where Debian's fonts-noto-core lays its files; pyftsubset comes with fonttools. Not needed to build letopis.
set -euo pipefail
noto=$1
out=$2

subset() {
    pyftsubset "$noto/$1-Regular.ttf" --unicodes="$2" --output-file="$out/$1-Regular.ttf" \
        --no-hinting --desubroutinize --layout-features='ccmp,locl,mark,mkmk,kern,rlig,calt,init,medi,fina,isol,liga' \
        --name-IDs='0,1,2,3,4,5,6,7,13,14' --no-glyph-names --notdef-outline --no-recommended-glyphs --drop-tables+=FFTM
}

letters=U+0020-007E,U+00A0-052F,U+1AB0-1AFF,U+1C80-1C8F,U+1D00-1FFF,U+2000-200F,U+2010-2027,U+202F-205F,U+2070-218F
subset NotoSans "$letters,U+25CC,U+2C60-2C7F,U+2DE0-2DFF,U+2E00-2E5D,U+A640-A69F,U+A700-A7FF,U+AB30-AB6F,U+FB00-FB06,U+FE20-FE2F"
subset NotoSansGeorgian U+0020,U+10A0-10FF,U+1C90-1CBF,U+2D00-2D2F,U+0300-0302,U+0304-0308,U+25CC
subset NotoSansArmenian U+0020,U+0530-058F,U+FB13-FB17,U+25CC
subset NotoSansHebrew U+0020,U+0590-05FF,U+FB1D-FB4F,U+25CC
subset NotoSansArabic U+0020,U+0600-06FF,U+0750-077F,U+08A0-08FF,U+200C-200D,U+25CC
subset NotoSansMath U+0020,U+2016,U+2032-2037,U+2057,U+2070-209F,U+20D0-20EF,U+2100-214F,U+2190-23CE,U+25A0-25FF,U+27C0-27FF,U+2900-297F,U+2980-2AFF,U+1D400-1D7FF
subset NotoSansSymbols U+0020,U+20D0-20F0,U+2100-218F,U+2190-21FF,U+2300-23FF,U+2460-24FF,U+2600-27BF,U+2B00-2BFF
subset NotoSansSymbols2 U+0020,U+2022,U+2300-23FF,U+2400-245F,U+2500-27BF,U+2B00-2BFF
