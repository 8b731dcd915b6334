#!/usr/bin/env bash
# Make .venv with the pinned requirements; done again only when they change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

is_good() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
    if [ -n "$name" ] && command -v "$name" >/dev/null && is_good "$name"; then
      printf '%s' "$name"
      return
    fi
  done
  say "fieldkit needs Python 3.11 or newer, and none was found. Install it (Debian, Ubuntu: apt-get install python3 python3-venv),"
  say "or name it: make PYTHON=/path/to/python3.11 ..."
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

add_venv_module() {
  command -v apt-get >/dev/null && as_root true 2>/dev/null || return 1
  as_root apt-get -qq update </dev/null >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install python3-venv </dev/null >&2
}

make_venv() {
  local python="$1"
  "$python" -m venv .venv >/dev/null 2>&1 && return
  rm -rf .venv
  if add_venv_module && "$python" -m venv .venv >/dev/null; then return; fi
  say "Python cannot make a virtual environment here. On Debian and Ubuntu: apt-get install python3-venv, then try again."
  return 1
}

if ! [ -x .venv/bin/python ] || ! is_good .venv/bin/python; then
  python="$(find_python)"
  rm -rf .venv
  say "Making .venv with $("$python" --version) ..."
  make_venv "$python"
fi

say "Installing the pinned requirements into .venv ..."
pip=(.venv/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input)
"${pip[@]}" install --require-hashes --requirement packaging/requirements/dev.txt </dev/null
"${pip[@]}" install --no-deps --no-build-isolation --editable . </dev/null
touch .venv/ready
