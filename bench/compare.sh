#!/usr/bin/env bash
# giga and PyTorch in turn, in one run: one VAE encode, one UNet call (batch 2) and one decode at 512 px. Compare the
# lines pair by pair: absolute times mean little on a busy machine.
# Usage: bench/compare.sh CHECKPOINT [PYTHON] [TURNS]    PYTHON has the packages that torch_reference.py names.
set -euo pipefail
cd "$(dirname "$0")/.."
checkpoint=$1 python=${2:-python3} turns=${3:-3}
for precision in bf16 f32; do
  for ((turn = 0; turn < turns; turn++)); do
    echo "PyTorch $("$python" bench/torch_reference.py --precision "$precision" --rounds 1 2>/dev/null)"
    echo "giga    $(./giga bench --model "$checkpoint" --precision "$precision" --rounds 1)"
  done
done
