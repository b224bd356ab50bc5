#!/usr/bin/env bash
# Installs the packages for the desktop tests, on Debian and its derivatives, as root or through sudo without a password.
# On other systems, it only prints what is missing.
set -euo pipefail

packages=(
    xvfb openbox xdotool x11-utils x11-xkb-utils imagemagick xclip # a screen and hands
    dbus dbus-daemon gnome-keyring libsecret-tools                 # a session with a keyring
    at-spi2-core python3 python3-gi gir1.2-atspi-2.0               # a view through the accessibility bus
    libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrender1            # what a window loads when it opens
    libxkbcommon-x11-0 libgl1 libegl1 libgl1-mesa-dri
    xdg-desktop-portal xdg-desktop-portal-gtk libdbus-1-3          # file dialogs
    dunst                                                          # notifications
    python3-dbusmock                                               # a made-up logind
)
commands=(Xvfb openbox xdotool setxkbmap import xclip dbus-run-session gnome-keyring-daemon secret-tool dunst)

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    missing=()
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == *"ok installed"* ]] || missing+=("$package")
    done
    ((${#missing[@]})) || exit 0
    if ((EUID == 0)); then
        as_root=()
    elif sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        echo "The desktop tests need these packages: ${missing[*]}" >&2
        echo "Install them with: sudo apt-get install ${missing[*]}" >&2
        exit 1
    fi
    echo "Installing ${missing[*]}"
    install() {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    }
    # A fresh container has no package lists, or outdated ones.
    install 2>/dev/null || { "${as_root[@]}" apt-get update -qq && install; }
else
    missing=()
    for command in "${commands[@]}"; do
        command -v "$command" >/dev/null || missing+=("$command")
    done
    /usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null || missing+=("python3 with Atspi")
    ((${#missing[@]})) || exit 0
    echo "The desktop tests need: ${missing[*]}" >&2
    exit 1
fi
