/**
 * Many requests in flight, beside what else keeps requests: what one costs in time and memory, and what its deadline
 * costs. {@link io.multishot.benchmarks.scale.Scale} runs each measurement in a JVM of its own.
 */
@NullMarked
package io.multishot.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
