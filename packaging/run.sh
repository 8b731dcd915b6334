#!/usr/bin/env bash
# Open the program on the sample; where there is no screen, do the main job and draw the pages into a folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python="$1"
out="$2"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  exec "$python" -m fieldkit --home "$out/home" --sample
fi

echo "There is no screen here, so the main job is done without one."
mkdir -p "$out"
"$python" -m fieldkit demo --out "$out"
QT_QPA_PLATFORM=offscreen "$python" -m fieldkit --home "$out/home" --pictures "$out/pictures"
echo
echo "Everything lies in $out/: the papers (PDF, DOCX), the bundle (.fkb), and pictures of the pages in $out/pictures/."
