/**
 * The answering side: a member of the queue group, which knows nothing of tickets.
 */
@NullMarked
package io.multishot.examples.nats.worker;

import org.jspecify.annotations.NullMarked;
