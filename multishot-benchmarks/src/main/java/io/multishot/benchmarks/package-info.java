/** Each workload beside its peers; {@link io.multishot.benchmarks.BenchmarksMain} runs them, compares and draws. */
@NullMarked
package io.multishot.benchmarks;

import org.jspecify.annotations.NullMarked;
