/**
 * An exhaustive explorer of interleavings and weak-memory behaviours: it runs a small multi-threaded scenario, on the
 * real bytecode of the code under test, under every schedule and with every value that the memory model lets a load
 * return, and reports the first run that fails with a trace to read. {@link io.multishot.explorer.Exploration} is the
 * way in; its documentation states the memory model.
 */
@NullMarked
package io.multishot.explorer;

import org.jspecify.annotations.NullMarked;
