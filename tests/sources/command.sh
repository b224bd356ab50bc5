#!/usr/bin/env bash
# Tests the command source with the real pass, secret-tool and keepassxc-cli.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
source "$here/lib.sh"

# Inside the private session bus: start a keyring and run the tests.
if [[ ${1-} == --inside ]]; then
    # The password must not end in a line break. The first run creates the default collection with it. The daemon goes into
    # the background by itself and ends with the bus.
    printf '%s' 'sources test' |
        gnome-keyring-daemon --unlock --components=secrets >"$SOURCES_DIR/keyring.log" 2>&1
    printf '%s' "$SOURCES_KEY" | timeout 60 secret-tool store --label='Thred test' service thred account production
    run_tests command
    exit
fi

apt_packages dbus dbus-daemon gnome-keyring libsecret-tools pass gnupg keepassxc ||
    skip "pass, secret-tool and keepassxc-cli cannot be installed here"
private_home

export SOURCES_PARTNER=7b1f4c0e-52d6-4d1b-9a53-3f1d5f0b8c21
SOURCES_KEY=thred_$(od -An -N 24 -tx1 /dev/urandom | tr -d ' \n')
export SOURCES_KEY

# pass, with a key that has no passphrase. The agent must end before its home folder is removed.
end_agent() {
    gpgconf --homedir "$HOME/.gnupg" --kill gpg-agent 2>/dev/null || true
    end_sources
}
trap end_agent EXIT
mkdir -m 700 "$HOME/.gnupg"
gpg --batch --quiet --pinentry-mode loopback --passphrase '' \
    --quick-generate-key 'Thred test <test@example.com>' default default never 2>"$SOURCES_DIR/gpg.log"
pass init test@example.com >/dev/null
printf '%s\n' "$SOURCES_KEY" | pass insert -m thred/production >/dev/null
printf 'THRED_PARTNER_UUID=%s\nTHRED_API_KEY=%s\n' "$SOURCES_PARTNER" "$SOURCES_KEY" |
    pass insert -m thred/both >/dev/null

# KeePassXC, with a key file and no password, which it would ask for on a terminal.
export SOURCES_DATABASE=$SOURCES_DIR/team.kdbx SOURCES_KEY_FILE=$SOURCES_DIR/team.keyx
QT_QPA_PLATFORM=offscreen keepassxc-cli db-create -q --set-key-file "$SOURCES_KEY_FILE" "$SOURCES_DATABASE"
printf '%s\n' "$SOURCES_KEY" |
    keepassxc-cli add -q --no-password -k "$SOURCES_KEY_FILE" -u thred -p "$SOURCES_DATABASE" Thred
# The same database with a password.
export SOURCES_LOCKED=$SOURCES_DIR/locked.kdbx
printf 'sesame\nsesame\n' | keepassxc-cli db-create -q --set-password "$SOURCES_LOCKED"

# This variable must not reach a tool.
export THRED_API_KEY=sentinel-of-the-environment
dbus-run-session -- "$BASH" "${BASH_SOURCE[0]}" --inside
