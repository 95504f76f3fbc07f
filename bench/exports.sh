#!/usr/bin/env bash
# Exports of one stored picture by giga and by libvips' command line, in turn:
#   bench/exports.sh FOLDER [WIDTH HEIGHT [ROUNDS]]
# FOLDER takes some gigabytes. Needs vips. The picture is the sample enlarged, with grain as a redrawn one has it.
# Each line: seconds and seconds of processor time of both, start of the program and sync included, and their ratios;
# above 1 giga is faster. On a machine that does other work the processor time is the one to believe.
set -euo pipefail

folder=${1:?a folder for the pictures}
width=${2:-16384}
height=${3:-12288}
rounds=${4:-2}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
./giga --version >&2
mvn -q -o -B test-compile -pl canvas
classes=canvas/target/classes:canvas/target/test-classes:$(<cli/target/giga/classpath)
java=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}/bin/java
if ! "$java" -version 2>&1 | grep -qE 'version "(2[5-9]|[3-9][0-9])'; then
  echo "exports.sh: set JAVA_HOME to a JDK 25 or newer; $java is older" >&2
  exit 2
fi
figures() { "$java" -cp "$classes" giga.canvas.output.ExportFigures "$@"; }

mkdir -p "$folder"
if [[ ! -e $folder/in.zarr/zarr.json ]]; then figures make samples/coffee.png "$folder/in.zarr" "$width" "$height"; fi
if [[ ! -e $folder/in.v ]]; then
  figures rgb "$folder/in.zarr" "$folder/in.rgb"
  vips rawload "$folder/in.rgb" "$folder/in.v" "$width" "$height" 3
  rm "$folder/in.rgb"
fi

clear_out() { rm -rf "$folder"/out "$folder"/out.* "$folder"/out_files; sync -f "$folder"; }

measure() { # COMMAND...: seconds, and seconds of processor time
  local TIMEFORMAT='%R %U %S'
  { time { "$@" >/dev/null 2>&1; sync -f "$folder"; }; } 2>&1 | awk '{print $1, $2 + $3}'
}

compare() { # NAME MODE OUT VIPS...
  local name=$1 mode=$2 out=$3 giga vips
  shift 3
  clear_out
  giga=$(measure figures "$mode" "$folder/in.zarr" "$folder/$out")
  clear_out
  vips=$(measure "$@")
  echo "$name $giga $vips" | awk '{printf "%-30s giga %7.2f s (cpu %6.2f)  vips %7.2f s (cpu %6.2f)  vips / giga %5.2f (cpu %5.2f)\n", $1, $2, $3, $4, $5, $4 / $2, $5 / $3}'
}

tiff='tile,tile-width=512,tile-height=512,pyramid,bigtiff,compression=deflate,predictor=horizontal'
for ((round = 1; round <= rounds; round++)); do
  echo "round $round, ${width}x$height"
  compare png write out.png vips copy "$folder/in.v" "$folder/out.png[compression=1]"
  compare tiff,deflate,pyramid write out.tif vips copy "$folder/in.v" "$folder/out.tif[$tiff]"
  compare jpeg,95,full-chroma write out.jpg vips copy "$folder/in.v" "$folder/out.jpg[Q=95,no_subsample]"
  compare deep-zoom,90 write out.dzi vips dzsave "$folder/in.v" "$folder/out" --suffix '.jpg[Q=90]'
  compare zarr/tiff-uncompressed write out.zarr vips copy "$folder/in.v" "$folder/out.tif[${tiff/deflate,predictor=horizontal/none}]"
  compare lanczos-x2,stored double out.twice vips resize "$folder/in.v" "$folder/out.twice.v" 2 --kernel lanczos3
done
clear_out
