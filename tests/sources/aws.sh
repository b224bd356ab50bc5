#!/usr/bin/env bash
# Fetches keys from AWS Secrets Manager as moto plays it, on loopback, with signatures and policies checked, and with
# a home folder of its own. Needs python3 with venv, and a package registry to install moto from.
#
#   tests/sources/aws.sh [TEST…]      filters for the tests of tests/it/sources/aws.rs; all if none is named
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.." || exit 1

work=$(mktemp -d) || exit 1
server=
trap '[[ -n $server ]] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

# SOURCES_VENV keeps what was installed for the next run.
venv=${SOURCES_VENV:-$work/venv}
if ! [[ -x $venv/bin/moto_server ]]; then
    if ! { python3 -m venv "$venv" && "$venv/bin/pip" install -q 'moto[server,secretsmanager,sts]'; } >"$work/pip.log" 2>&1; then
        echo "skipped: aws (moto could not be installed: $(tail -n 1 "$work/pip.log"))"
        exit 0
    fi
fi

port=$("$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
INITIAL_NO_AUTH_ACTION_COUNT=100 "$venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$work/moto.log" 2>&1 &
server=$!
for _ in $(seq 600); do
    "$venv/bin/python" -c "import urllib.request; urllib.request.urlopen('$url/moto-api/data.json')" 2>/dev/null && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done

mkdir -p "$work/home/.aws/sso/cache"
if ! "$venv/bin/python" "$here/aws_seed.py" "$url" "$work/home"; then
    echo "failed: moto was not filled" >&2
    tail -n 20 "$work/moto.log" >&2
    exit 1
fi

# The tests are built with the caller's home, and run with their own: the SDK reads the process's environment.
program=$(cargo test --locked --no-run --test it --message-format=json 2>"$work/build.log" |
    "$venv/bin/python" -c '
import json, sys
lines = (json.loads(line) for line in sys.stdin if line.startswith("{"))
print([line["executable"] for line in lines if line.get("executable") and line["target"]["name"] == "it"][-1])')
if [[ ! -x $program ]]; then
    tail -n 20 "$work/build.log" >&2
    exit 1
fi
filters=("$@")
((${#filters[@]})) || filters=(sources::aws::)
env -i PATH="$PATH" HOME="$work/home" LANG=C.UTF-8 AWS_EC2_METADATA_DISABLED=true AWS_ENDPOINT_URL="$url" \
    "$program" --ignored --test-threads=1 "${filters[@]}"
