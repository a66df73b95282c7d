#!/usr/bin/env bash
# Makes the signature files of this folder with OpenSSL 3 and, for GOST, Debian's libengine-gost-openssl. The keys are thrown away.
# All names are invented. usage: make.sh FOLDER   (writes FOLDER/*.sig and *.p7s over the tag manifest of the bag that lies here)
set -euo pipefail
document=$(cd "$(dirname "$0")" && pwd)/bag/tagmanifest-sha512.txt
mkdir -p "$1"
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OPENSSL_CONF=$work/openssl.cnf

cat >"$OPENSSL_CONF" <<'CONF'
openssl_conf = main
[main]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
dynamic_path = /usr/lib/x86_64-linux-gnu/engines-3/gost.so
default_algorithms = ALL
[req]
prompt = no
string_mask = utf8only
utf8 = yes
distinguished_name = person
x509_extensions = signer
[person]
CN = ГБОУ СОШ с. Берёзовка
SN = Образцова
GN = Алевтина Примеровна
title = Директор
O = ГБОУ СОШ с. Берёзовка
[signer]
basicConstraints = CA:FALSE
subjectKeyIdentifier = hash
keyUsage = digitalSignature
[authority]
basicConstraints = critical,CA:TRUE
subjectKeyIdentifier = hash
keyUsage = keyCertSign
CONF

# key NAME GENPKEY-OPTIONS…: a key with a certificate that it signed itself
key() {
    local name=$1
    shift
    openssl genpkey "$@" -out "$work/$name.key" 2>/dev/null
    openssl req -new -x509 -days 36500 -key "$work/$name.key" -out "$work/$name.pem" ${digest:+-$digest}
}

# sign FILE KEY OPTIONS…: a signature, which OpenSSL itself must accept
sign() {
    local file=$1 name=$2
    shift 2
    openssl cms -sign -binary -in "$document" -signer "$work/$name.pem" -inkey "$work/$name.key" -outform DER -out "$file" "$@"
    openssl cms -verify -binary -inform "${form:-DER}" -in "$file" -content "$document" -noverify -out /dev/null 2>"$work/log" ||
        { cat "$work/log"; exit 1; }
}

key rsa -algorithm RSA -pkeyopt rsa_keygen_bits:2048
sign rsa-sha256.sig rsa -md sha256 -cades
sign rsa-sha384.sig rsa -md sha384
sign rsa-sha512.sig rsa -md sha512
sign rsa-pss-sha256.sig rsa -md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:32
sign rsa-pss-sha512.sig rsa -md sha512 -keyopt rsa_padding_mode:pss
sign rsa-no-attributes.sig rsa -md sha256 -noattr
sign rsa-key-id.sig rsa -md sha256 -keyid
sign rsa-attached.sig rsa -md sha256 -nodetach
sign rsa-ber.sig rsa -md sha256 -nodetach -stream
openssl cms -sign -binary -in "$document" -signer "$work/rsa.pem" -inkey "$work/rsa.key" -md sha256 -nocerts -outform DER -out rsa-no-certificate.sig
form=PEM sign rsa-pem.p7s rsa -md sha256 -outform PEM
sign rsa-sha1.sig rsa -md sha1

key p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
key p384 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
key p521 -algorithm EC -pkeyopt ec_paramgen_curve:P-521
sign ecdsa-p256-sha256.sig p256 -md sha256 -cades
sign ecdsa-p256-sha512.sig p256 -md sha512
sign ecdsa-p384-sha384.sig p384 -md sha384
sign ecdsa-p384-sha256.sig p384 -md sha256
sign ecdsa-p521-sha512.sig p521 -md sha512
sign two-signers.sig p256 -md sha256 -signer "$work/rsa.pem" -inkey "$work/rsa.key"

# An authority's certificate beside the signer's.
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/ca.key" 2>/dev/null
openssl req -new -x509 -days 36500 -key "$work/ca.key" -out "$work/ca.pem" -subj "/CN=Учебный удостоверяющий центр" -extensions authority
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/issued.key"
openssl req -new -key "$work/issued.key" -out "$work/issued.csr"
openssl x509 -req -in "$work/issued.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -days 36500 -set_serial 7 -out "$work/issued.pem" 2>/dev/null
sign issued-with-authority.sig issued -md sha256 -certfile "$work/ca.pem"
sign issued-alone.sig issued -md sha256

# The parameter sets by the engine's names.
digest=md_gost12_256
for set in A B C XA XB TCA TCB TCC TCD; do
    key "gost256-$set" -algorithm gost2012_256 -pkeyopt "paramset:$set"
    sign "gost256-$set.sig" "gost256-$set" -md md_gost12_256
done
sign gost256-cades.sig gost256-TCA -md md_gost12_256 -cades
digest=md_gost12_512
for set in A B C; do
    key "gost512-$set" -algorithm gost2012_512 -pkeyopt "paramset:$set"
    sign "gost512-$set.sig" "gost512-$set" -md md_gost12_512
done
form=PEM sign gost512-pem.p7s gost512-A -md md_gost12_512 -outform PEM
ls | wc -l
