# Sourced by packaging/build and packaging/check, which run in the project's folder: names, paths, and the installation
# of missing tools.

VERSION=$(sed -n '0,/^version = /s/^version = "\(.*\)"/\1/p' Cargo.toml)
# All timestamps in a package are those of the last commit, so that builds are reproducible.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date -r CHANGELOG.md +%s)}
export SOURCE_DATE_EPOCH
TARGET=${CARGO_TARGET_DIR:-target}
[[ $TARGET == /* ]] || TARGET=$PWD/$TARGET
PACKAGES=${PACKAGES:-$TARGET/packages}
# packaging/build compiles in a folder of its own, because its flags would make cargo rebuild everything in the usual one.
COMPILED=$TARGET/for-packages/${PROFILE:-dist}/thred-console
[[ ${PROFILE-} != dev ]] || COMPILED=$TARGET/for-packages/debug/thred-console
HOST=$(rustc -vV | sed -n 's/^host: //p')

skip() {
    printf '    skipped: %s\n' "$*"
}

# want COMMAND PACKAGE: whether the command exists, after installing Debian's package if that is allowed.
want() {
    local as_root=()
    command -v "$1" >/dev/null && return
    command -v apt-get >/dev/null || return
    ((EUID == 0)) || as_root=(sudo -n)
    install_package() {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
    }
    # A fresh container has no package lists, or outdated ones.
    install_package "$2" || { "${as_root[@]}" apt-get update -qq >/dev/null 2>&1 && install_package "$2"; }
    command -v "$1" >/dev/null
}

# Installs the packages of requirements.txt into a virtual environment for packaging, and prints the path of its programs.
python_tools() {
    local tools=$TARGET/package-tools
    [[ -x $tools/bin/python ]] || python3 -m venv "$tools" >&2 || return
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
        --require-hashes --requirement packaging/requirements.txt >&2 || return
    printf '%s\n' "$tools/bin"
}
