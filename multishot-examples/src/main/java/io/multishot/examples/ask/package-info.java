/**
 * A WebFlux server that has every question answered by a worker thread of its own, over a multishot channel. Start at
 * {@link io.multishot.examples.ask.AskServer}; the channel is used in {@code work}, HTTP is spoken in {@code web}, and
 * {@code check} sends the server real requests and tells whether it did right.
 */
@NullMarked
package io.multishot.examples.ask;

import org.jspecify.annotations.NullMarked;
