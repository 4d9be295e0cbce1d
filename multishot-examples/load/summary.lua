-- What wrk saw, as a line: requests, requests a second, 50, 99 and 99.9 per cent in microseconds, errors.
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %.0f %d %d %d %d\n",
    summary.requests, summary.requests / (summary.duration / 1e6),
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
