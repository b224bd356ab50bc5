#!/usr/bin/env bash
# Runs in a session of tests/desktop: starts the installed program in a chroot, waits for its window and takes a screenshot.
#
#   started.sh CHROOT REPORT
set -euo pipefail
chroot=$1 report=$2

# Without PATH, because a desktop entry may start the program without one.
chroot --userspec=65534:65534 "$chroot" /usr/bin/env -i DISPLAY="$DISPLAY" HOME=/var/tmp/home NO_COLOR=1 /usr/bin/thred-console --demo \
    >"$report/program.log" 2>&1 &
program=$!
trap 'kill "$program" 2>/dev/null || true' EXIT
for _ in {1..600}; do
    window=$(xdotool search --onlyvisible --class '^thred-console$' 2>/dev/null | head -n 1) || true
    [[ -z $window ]] || break
    kill -0 "$program" 2>/dev/null || break
    sleep 0.1
done
if [[ -z ${window-} ]]; then
    echo "There was no window. The program said:"
    cat "$report/program.log"
    exit 1
fi
# Signing in to the demo takes a moment. The screenshot is only for people.
sleep 3
import -window root "$report/window.png"
xdotool windowactivate --sync "$window" key --clearmodifiers ctrl+q
for _ in {1..300}; do
    kill -0 "$program" 2>/dev/null || break
    sleep 0.1
done
status=0
wait "$program" || status=$?
trap - EXIT
cat "$report/program.log"
((status == 0)) || { echo "It ended with status $status."; exit 1; }
# Missing libraries appear here.
if grep -E 'internal error|WARN[^ ]* [^ ]*thred_console' "$report/program.log"; then exit 1; fi
