#!/usr/bin/env bash
# Install what the suite needs from the operating system: Chromium, PostgreSQL, Redis and gettext, on Debian 12 and
# Ubuntu 24.04. What is there already is left alone. No service has to run: `make test` starts servers of its own
# where none answers.
set -euo pipefail

has() { command -v "$1" >/dev/null 2>&1; }

snap_stub() { # Ubuntu's chromium package is a script that asks for the snap
  [ ! -e /snap/bin/chromium ] && head -c 4096 "$(command -v "$1")" | grep -aq 'snap install chromium'
}

has_browser() {
  if [ -n "${CHROMIUM:-}" ]; then has "$CHROMIUM" && return 0; fi
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if has "$name" && ! snap_stub "$name"; then return 0; fi
  done
  return 1
}

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || { has initdb && has postgres; }; }

. /etc/os-release
packages=()
has python3 || packages+=(python3)
python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
has_postgres || packages+=(postgresql)
has redis-server || packages+=(redis-server)
has msgfmt || packages+=(gettext)
browser_missing=
if ! has_browser; then
  if [ "${ID:-}" = debian ]; then packages+=(chromium); else browser_missing=1; fi
fi

if [ ${#packages[@]} -gt 0 ]; then
  if ! has apt-get; then
    echo "✗ No apt-get here. Install these yourself: ${packages[*]}" >&2
    exit 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    echo "✗ Installing ${packages[*]} needs root: sudo make system" >&2
    exit 1
  fi
  echo "… Installing ${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null >/dev/null
  for package in "${packages[@]}"; do echo "✓ $package"; done
else
  echo "✓ System packages (unchanged)"
fi

if [ -n "$browser_missing" ]; then
  cat >&2 <<'MESSAGE'
✗ No browser for the journeys. On Ubuntu apt's chromium is only a pointer to a snap. Do one of these:
    snap install chromium
    install Google Chrome from its own .deb file
  or name another Chromium: CHROMIUM=/path/to/chromium
MESSAGE
  [ "${REQUIRE_SERVICES:-}" = 1 ] && exit 1
fi
exit 0
