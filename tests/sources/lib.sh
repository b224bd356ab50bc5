# Sourced by the scripts of this folder: creates a private home folder, ends started processes, and runs the tests of a kind.

# Ends only processes that were started here, each by its own id.
source_pids=()
end_sources() {
    local pid
    for pid in "${source_pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in "${source_pids[@]}"; do
        wait "$pid" 2>/dev/null || true
    done
    [[ -z ${SOURCES_DIR-} ]] || rm -rf "$SOURCES_DIR"
}

# Creates a folder for all files with a home folder in it, so that the user's configuration is not read. Both are removed
# when the script ends.
private_home() {
    SOURCES_DIR=$(mktemp -d "${TMPDIR:-/tmp}/thred-sources.XXXXXX")
    trap end_sources EXIT
    trap 'exit 130' INT TERM
    # Cargo and rustup stay where they are.
    export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
    export SOURCES_DIR HOME=$SOURCES_DIR/home XDG_RUNTIME_DIR=$SOURCES_DIR/run
    export XDG_DATA_HOME=$HOME/.local/share XDG_CONFIG_HOME=$HOME/.config XDG_CACHE_HOME=$HOME/.cache
    mkdir -p "$HOME" "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"
    chmod 700 "$HOME" "$XDG_RUNTIME_DIR"
    unset DBUS_SESSION_BUS_ADDRESS GNUPGHOME PASSWORD_STORE_DIR DISPLAY WAYLAND_DISPLAY
    local name
    for name in $(compgen -e | grep -E '^(VAULT|BAO|AWS|THRED)_'); do
        unset "$name"
    done
}

# Prints what is skipped and why, and ends the script successfully.
skip() {
    echo "skipped: $*"
    exit 0
}

# apt_packages PACKAGE…: installs Debian packages, as root or through sudo without a password. Fails without either.
apt_packages() {
    command -v apt-get >/dev/null || return 1
    local missing=() package as_root=()
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == *"ok installed"* ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    echo "Installing ${missing[*]}"
    apt_install() {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    }
    # A fresh container has no package lists, or outdated ones.
    apt_install 2>/dev/null || { "${as_root[@]}" apt-get update -qq && apt_install; }
}

# python_packages PACKAGE…: installs Python packages into a private virtual environment and puts it first in PATH.
python_packages() {
    local venv=$SOURCES_DIR/venv
    if command -v uv >/dev/null; then
        uv venv -q "$venv" && uv pip install -q --python "$venv/bin/python" "$@" || return 1
    else
        python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check "$@" || return 1
    fi
    PATH=$venv/bin:$PATH
}

# start NAME COMMAND…: starts a program in the background, with its output in a log.
start() {
    local name=$1
    shift
    "$@" >"$SOURCES_DIR/$name.log" 2>&1 &
    source_pids+=($!)
}

# run_tests KIND: runs the tests of a kind, which `cargo test` ignores.
run_tests() {
    local cargo=("${CARGO:-cargo}")
    "${cargo[@]}" test --locked --test it "sources::$1::" -- --ignored --test-threads 1
}
