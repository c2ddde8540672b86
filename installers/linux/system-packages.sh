#!/bin/sh
# The one list of Debian packages that the toolbar needs, and of those that its tests need as well.
#   system-packages.sh run|test     installs what is missing (root), else prints the one line to run and goes on
#   system-packages.sh list run|test
set -eu

run='
 libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libgssapi-krb5-2 libpulse0 libxcb-cursor0
 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1
 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0 fonts-dejavu-core fonts-inter
'
test='
 apt-utils baresip-core chromium dbus desktop-file-utils gnome-keyring libglib2.0-bin libxss1 openbox openssl postgresql
 procps pulseaudio pulseaudio-utils sip-tester x11-utils xauth xdg-utils xdotool xvfb
'

packages_of() {
  case "$1" in
  run) echo $run ;;
  test) echo $run $test ;;
  *) sed -n 2,4p "$0" >&2; exit 2 ;;
  esac
}

case "${1:-}" in
list) packages_of "${2:-}"; exit 0 ;;
esac
wanted=$(packages_of "${1:-}")

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "system packages: this is no Debian; please provide what these Debian packages hold: $wanted" >&2
  exit 0
fi
installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^ii  *//p')
missing=
for package in $wanted; do
  printf '%s\n' "$installed" | grep -qx "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "system packages are missing; run this once:  sudo apt-get install --no-install-recommends$missing" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
get() {
  apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@" </dev/null >"$log" 2>&1
}
install() {
  case "$missing " in
  *" postgresql "*) without_cluster get $missing ;;
  *) get $missing ;;
  esac
}
# The tests start PostgreSQL servers of their own; Debian would also begin and start one for the whole machine.
without_cluster() {
  get postgresql-common || return 1
  conf=/etc/postgresql-common/createcluster.conf
  cp -p "$conf" "$log.conf"
  sed -i '/^[# ]*create_main_cluster/d; $a create_main_cluster = false' "$conf"
  result=0
  "$@" || result=1
  cp -p "$log.conf" "$conf"
  return "$result"
}
log=$(mktemp)
trap 'rm -f "$log" "$log.conf"' EXIT
echo "installing system packages:$missing"
# The lists may be absent or older than what the mirror holds: ask for them only then.
install || { apt-get update -qq </dev/null && install; } || { tail -20 "$log" >&2; exit 1; }
