#!/usr/bin/env bash
# Runs a command in a temporary desktop session: virtual screen, window manager, private session bus, keyring, accessibility
# bus, private home folder. Returns the command's exit status.
#
#   session.sh [--keyring unlocked|none] [--bus yes|bare|none] COMMAND [ARGUMENTS…]
#
# On the `bare` bus nothing is started on demand: there is no keyring service and no accessibility bus.
# Ends only processes that it started, each by its own id. SESSION_DIR (created if not set) has the home folder and the
# logs; SESSION_SCREEN sets the size of the screen.
set -euo pipefail

keyring=unlocked
bus=yes
while [[ ${1-} == --* ]]; do
    case $1 in
        --keyring) keyring=$2; shift 2 ;;
        --bus) bus=$2; shift 2 ;;
        --inside) shift; inside=yes; break ;;
        --) shift; break ;;
        *) echo "session.sh: unknown option $1" >&2; exit 2 ;;
    esac
done

pids=()
end_processes() {
    local pid
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in "${pids[@]}"; do
        # `wait` works for direct children only, so give a detached daemon a moment to end.
        wait "$pid" 2>/dev/null || true
        for _ in {1..40}; do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.05
        done
    done
}

# --- outside: what needs no session bus ---------------------------------------------------------------------
if [[ -z ${inside-} ]]; then
    own_dir=
    if [[ -z ${SESSION_DIR-} ]]; then
        SESSION_DIR=$(mktemp -d "${TMPDIR:-/tmp}/thred-desktop.XXXXXX")
        own_dir=$SESSION_DIR
    fi
    mkdir -p "$SESSION_DIR"/{home,run,logs}
    chmod 700 "$SESSION_DIR/run"
    leave() {
        end_processes
        [[ -z $own_dir ]] || rm -rf "$own_dir"
    }
    trap leave EXIT
    trap 'exit 130' INT TERM

    # The server chooses a free display number and prints it.
    Xvfb -displayfd 5 -screen 0 "${SESSION_SCREEN:-1280x900x24}" -nolisten tcp \
        5>"$SESSION_DIR/display" >"$SESSION_DIR/logs/xvfb" 2>&1 &
    pids+=($!)
    for _ in {1..200}; do
        [[ -s $SESSION_DIR/display ]] && break
        sleep 0.05
    done
    DISPLAY=:$(<"$SESSION_DIR/display")
    [[ $DISPLAY != : ]] || { echo "session.sh: the virtual screen did not start" >&2; exit 1; }

    # Keep the real session away from the program under test.
    unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL AT_SPI_BUS_ADDRESS SSH_AUTH_SOCK
    unset THRED_PARTNER_UUID THRED_API_KEY THRED_CONSOLE_HOME
    # Cargo and rustup, should the command need them, stay where they are.
    export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
    export SESSION_DIR DISPLAY HOME=$SESSION_DIR/home XDG_RUNTIME_DIR=$SESSION_DIR/run
    export XDG_DATA_HOME=$HOME/.local/share XDG_CONFIG_HOME=$HOME/.config
    export XDG_CACHE_HOME=$HOME/.cache XDG_STATE_HOME=$HOME/.local/state
    export XDG_SESSION_TYPE=x11 XDG_CURRENT_DESKTOP=GNOME LC_ALL=C.UTF-8
    mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME"

    status=0
    inner=("$BASH" "${BASH_SOURCE[0]}" --bus "$bus" --keyring "$keyring" --inside "$@")
    # The session's daemons write to the standard output that they inherit, so it is redirected to standard error. The
    # command gets the real one through descriptor 3.
    exec 3>&1 1>&2
    case $bus in
        yes) dbus-run-session -- "${inner[@]}" || status=$? ;;
        bare)
            cat >"$SESSION_DIR/bare-bus.conf" <<'END'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
            dbus-run-session --config-file="$SESSION_DIR/bare-bus.conf" -- "${inner[@]}" || status=$?
            ;;
        none)
            export DBUS_SESSION_BUS_ADDRESS=unix:path=$SESSION_DIR/run/no-such-bus
            "${inner[@]}" || status=$?
            ;;
        *) echo "session.sh: unknown bus $bus" >&2; status=2 ;;
    esac
    exit "$status"
fi

# --- inside: what needs the session bus ---------------------------------------------------------------------
trap end_processes EXIT
trap 'exit 130' INT TERM

# Prints the id of the process that owns a name on the session bus.
pid_of_bus_name() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
        org.freedesktop.DBus.GetConnectionUnixProcessID "string:$1" 2>/dev/null | awk '/uint32/ { print $2 }'
}

if [[ $bus == yes ]]; then
    case $keyring in
        unlocked)
            # The password must not end in a line break. The first run creates the default collection with it.
            printf '%s' 'desktop test' |
                gnome-keyring-daemon --unlock --components=secrets >"$SESSION_DIR/logs/keyring" 2>&1
            ;;
        none) ;;
        *) echo "session.sh: unknown keyring state $keyring" >&2; exit 2 ;;
    esac
    if [[ $keyring != none ]]; then
        for _ in {1..100}; do
            keyring_pid=$(pid_of_bus_name org.freedesktop.secrets || true)
            [[ -n $keyring_pid ]] && break
            sleep 0.05
        done
        [[ -z $keyring_pid ]] || pids+=("$keyring_pid")
    fi
    # Programs provide their accessibility tree only while this property is set.
    dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.freedesktop.DBus.Properties.Set \
        string:org.a11y.Status string:IsEnabled variant:boolean:true >"$SESSION_DIR/logs/a11y" 2>&1
fi

openbox >"$SESSION_DIR/logs/openbox" 2>&1 3>&- &
pids+=($!)

status=0
"$@" >&3 3>&- || status=$?
exit "$status"
