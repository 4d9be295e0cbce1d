/**
 * The multishot channel for Project Reactor: {@link io.multishot.reactor.ReactiveReceiver} gives each receive as a
 * {@code Mono}, request and reply as one {@code Mono}, and the senders of the rounds to come as a {@code Flux}.
 */
@NullMarked
package io.multishot.reactor;

import org.jspecify.annotations.NullMarked;
