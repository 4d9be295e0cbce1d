/**
 * The multishot channel and correlator for Project Reactor: {@link io.multishot.reactor.ReactiveReceiver} gives each
 * receive as a {@code Mono}, request and reply as one {@code Mono}, and the senders of the rounds to come as a
 * {@code Flux}; {@link io.multishot.reactor.ReactiveCorrelator} gives a request by ticket as a {@code Mono} of its
 * reply.
 */
@NullMarked
package io.multishot.reactor;

import org.jspecify.annotations.NullMarked;
