#!/usr/bin/env bash
# Exports of one stored picture by giga and by libvips' command line, in turn, three rounds:
#   bench/exports.sh FOLDER [WIDTH HEIGHT]
# FOLDER takes some gigabytes. Needs vips. The picture is the sample enlarged, with grain as a redrawn one has it.
# Each line: the job, seconds of giga (writing to the disk included), seconds of vips (sync included), vips / giga.
set -euo pipefail

folder=${1:?a folder for the pictures}
width=${2:-16384}
height=${3:-12288}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
./giga --version >&2
mvn -q -o -B test-compile -pl canvas
classes=canvas/target/classes:canvas/target/test-classes:$(<cli/target/giga/classpath)
java=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}/bin/java
figures() { "$java" -cp "$classes" giga.canvas.output.ExportFigures "$@"; }

mkdir -p "$folder"
if [[ ! -e $folder/in.zarr/zarr.json ]]; then figures make samples/coffee.png "$folder/in.zarr" "$width" "$height"; fi
if [[ ! -e $folder/in.v ]]; then
  figures rgb "$folder/in.zarr" "$folder/in.rgb"
  vips rawload "$folder/in.rgb" "$folder/in.v" "$width" "$height" 3
  rm "$folder/in.rgb"
fi

seconds() { # of a command with the sync behind it
  local start end
  start=$(date +%s.%N)
  "$@" >/dev/null
  sync -f "$folder"
  end=$(date +%s.%N)
  echo "$start $end" | awk '{printf "%.2f", $2 - $1}'
}

clear_out() { rm -rf "$folder"/out "$folder"/out.* "$folder"/out_files; sync -f "$folder"; }

compare() { # NAME OUT VIPS...
  local name=$1 out=$2 giga vips
  shift 2
  clear_out
  giga=$(figures write "$folder/in.zarr" "$folder/$out" | awk '{print $2}')
  clear_out
  vips=$(seconds "$@")
  echo "$name $giga $vips" | awk '{printf "%-34s giga %7.2f s  vips %7.2f s  vips / giga %5.2f\n", $1, $2, $3, $3 / $2}'
}

tiff='tile,tile-width=512,tile-height=512,pyramid,bigtiff,compression=deflate,predictor=horizontal'
for round in 1 2 3; do
  echo "round $round, ${width}x$height"
  compare png out.png vips copy "$folder/in.v" "$folder/out.png[compression=1]"
  compare tiff,deflate,pyramid out.tif vips copy "$folder/in.v" "$folder/out.tif[$tiff]"
  compare jpeg,quality-95,full-chroma out.jpg vips copy "$folder/in.v" "$folder/out.jpg[Q=95,no_subsample]"
  compare deep-zoom,quality-90 out.dzi vips dzsave "$folder/in.v" "$folder/out" --suffix '.jpg[Q=90]'
  compare zarr/uncompressed-tiff out.zarr vips copy "$folder/in.v" "$folder/out.tif[${tiff/deflate,predictor=horizontal/none}]"
done
clear_out
