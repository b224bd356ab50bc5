# Sourced by the scripts of this folder, which run in the project's folder.

target_folder() {
    local target=${CARGO_TARGET_DIR:-target}
    [[ $target == /* ]] || target=$PWD/$target
    export CARGO_TARGET_DIR=$target/platforms CARGO_INCREMENTAL=0
}

# packages PACKAGE:COMMAND…: installs packages whose command is missing, on Debian and its derivatives.
packages() {
    local missing=() wish as_root=()
    for wish in "$@"; do
        command -v "${wish#*:}" >/dev/null || missing+=("${wish%%:*}")
    done
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || return
    ((EUID == 0)) || as_root=(sudo -n)
    install_them() {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    }
    # A fresh container has no package lists, or outdated ones.
    install_them 2>/dev/null || { "${as_root[@]}" apt-get update -qq && install_them; }
}

standard_library() {
    [[ -d $(rustc --print sysroot)/lib/rustlib/$1/lib ]] && return
    command -v rustup >/dev/null && timeout 300 rustup target add "$1" 2>/dev/null
}

# Installs Debian's newest compiler and the source of its standard library.
debian_compiler() {
    packages rustc-web:no-such-command rust-web-src:no-such-command
    [[ -x /usr/bin/rustc && -e /usr/lib/rustlib/src ]]
}
