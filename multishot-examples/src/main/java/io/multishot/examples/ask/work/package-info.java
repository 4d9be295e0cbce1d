/**
 * The answering side: a fixed set of workers, each with a thread and with a channel that serves one round after
 * another.
 */
@NullMarked
package io.multishot.examples.ask.work;

import org.jspecify.annotations.NullMarked;
