#!/usr/bin/env bash
# The same WebFlux handler under load, by a correlator and by a map of sinks, in turn. Writes docs/load/result.csv and the chart.
# Use: compare.sh [rounds] [seconds] [connections]
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-5} seconds=${2:-10} connections=${3:-64}
command -v wrk curl >/dev/null || { echo "wrk and curl are needed: apt-get install wrk curl" >&2; exit 1; }

declare -A port=([correlator]=18081 [map]=18082)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null && wait' EXIT

mvn -q -pl multishot-examples -am compile
for way in correlator map; do
    mvn -q -pl multishot-examples -am compile exec:java -Dexec.mainClass=io.multishot.examples.load.LoadServer -Dexec.args="$way ${port[$way]}" &
    servers+=($!)
    curl -sf --max-time 5 --retry 120 --retry-delay 1 --retry-all-errors -o /dev/null "localhost:${port[$way]}/ask"
done

load() { wrk -t1 -c"$connections" -d"$2"s -s multishot-examples/load/summary.lua "http://localhost:${port[$1]}/ask" | sed -n 's/^RESULT //p'; }
usage() { curl -sf --max-time 5 "localhost:${port[$1]}/usage"; }

for way in correlator map correlator map correlator map; do load "$way" "$seconds" >/dev/null; done # warm

mkdir -p docs/load
result=docs/load/result.csv
echo "way,round,requests per second,p50 µs,p99 µs,p99.9 µs,errors,bytes per request,collecting ms per second" >"$result"
for ((round = 1; round <= rounds; round++)); do
    for way in correlator map; do
        read -r bytes collecting < <(usage "$way")
        read -r requests rate p50 p99 p999 errors < <(load "$way" "$seconds")
        read -r bytes2 collecting2 < <(usage "$way")
        echo "$way,$round,$rate,$p50,$p99,$p999,$errors,$(((bytes2 - bytes) / requests)),$(awk "BEGIN { print ($collecting2 - $collecting) / $seconds }")" | tee -a "$result"
    done
done
java multishot-examples/src/main/java/io/multishot/examples/load/Chart.java "$result" docs/load/chart.svg
