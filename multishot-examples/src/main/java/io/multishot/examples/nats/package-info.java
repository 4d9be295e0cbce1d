/**
 * WebFlux over NATS: gateways that turn an HTTP request into a message with a ticket in its reply subject, and workers
 * that answer to that subject, in as many processes as are wanted. Start at
 * {@link io.multishot.examples.nats.NatsDemo}; the correlator is used in {@code gateway}.
 */
@NullMarked
package io.multishot.examples.nats;

import org.jspecify.annotations.NullMarked;
