/**
 * The multishot channel for Project Reactor: {@link io.multishot.reactor.ReactiveReceiver} gives each receive as a
 * {@code Mono}, and request and reply as one {@code Mono}.
 */
@NullMarked
package io.multishot.reactor;

import org.jspecify.annotations.NullMarked;
