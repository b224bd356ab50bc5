#!/usr/bin/env bash
# Fetches keys from AWS Secrets Manager, simulated on loopback by moto, which checks signatures and policies. Uses a
# private home folder. Needs python3 with venv, and a package registry to install moto from.
#
#   tests/sources/aws.sh [TEST…]      runs tests of tests/it/sources/aws.rs by name; all if none is named
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.." || exit 1

work=$(mktemp -d) || exit 1
servers=()
trap '((${#servers[@]})) && kill "${servers[@]}" 2>/dev/null; rm -rf "$work"' EXIT

# SOURCES_VENV: a virtual environment to keep for later runs.
venv=${SOURCES_VENV:-$work/venv}
if ! [[ -x $venv/bin/moto_server ]]; then
    if ! { python3 -m venv "$venv" && "$venv/bin/pip" install -q 'moto[server,secretsmanager,sts]'; } >"$work/pip.log" 2>&1; then
        echo "skipped: aws (moto could not be installed: $(tail -n 1 "$work/pip.log"))"
        exit 0
    fi
    # In a separate environment, because the two need different releases of a common package.
    python3 -m venv "$venv/tool" && "$venv/tool/bin/pip" install -q awscli >>"$work/pip.log" 2>&1
fi

free_port() {
    "$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
port=$(free_port)
url=http://127.0.0.1:$port
INITIAL_NO_AUTH_ACTION_COUNT=100 "$venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$work/moto.log" 2>&1 &
servers+=($!)
for _ in $(seq 600); do
    "$venv/bin/python" -c "import urllib.request; urllib.request.urlopen('$url/moto-api/data.json')" 2>/dev/null && break
    kill -0 "${servers[0]}" 2>/dev/null || break
    sleep 0.1
done

mkdir -p "$work/home/.aws/sso/cache"
if ! "$venv/bin/python" "$here/aws_seed.py" "$url" "$work/home"; then
    echo "failed: moto was not filled" >&2
    tail -n 20 "$work/moto.log" >&2
    exit 1
fi

# The tests are built with the caller's home folder and run with a private one, because the SDK reads the environment.
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
clean=(env -i PATH="$venv/tool/bin:$PATH" HOME="$work/home" LANG=C.UTF-8 AWS_ENDPOINT_URL="$url")
failed=0
left_out=(--skip chain::)
if ! [[ -x $venv/tool/bin/aws ]]; then
    echo "skipped: the command line of AWS (it could not be installed: $(tail -n 1 "$work/pip.log"))"
    left_out+=(--skip command_line::)
fi
"${clean[@]}" AWS_EC2_METADATA_DISABLED=true \
    "$program" --ignored --test-threads=1 "${filters[@]}" "${left_out[@]}" || failed=1
(($#)) && exit "$failed"

# Tests each link of the credential chain that depends on environment variables.
port=$(free_port)
"$venv/bin/python" "$here/aws_metadata.py" "$port" "$work/home" 2>"$work/metadata.log" &
servers+=($!)
for _ in $(seq 600); do
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.1
done
by_link() {
    echo "credentials by $1"
    shift
    "${clean[@]}" "$@" "$program" --ignored --exact sources::aws::chain::the_key_comes_without_a_profile || failed=1
}
by_link "a web identity" AWS_EC2_METADATA_DISABLED=true AWS_REGION=eu-central-1 \
    AWS_ENDPOINT_URL_STS="http://127.0.0.1:$port" AWS_WEB_IDENTITY_TOKEN_FILE="$work/home/web.token" AWS_ROLE_ARN="$(cat "$work/home/role.arn")"
by_link "a container" AWS_EC2_METADATA_DISABLED=true AWS_REGION=eu-central-1 \
    AWS_CONTAINER_CREDENTIALS_FULL_URI="http://127.0.0.1:$port/container"
# The instance's metadata also has the region.
by_link "an instance" AWS_EC2_METADATA_SERVICE_ENDPOINT="http://127.0.0.1:$port"
exit "$failed"
