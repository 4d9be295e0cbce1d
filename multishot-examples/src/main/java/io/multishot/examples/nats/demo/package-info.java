/**
 * The demo: a broker, gateways and workers as processes of their own, and requests through all of them.
 */
@NullMarked
package io.multishot.examples.nats.demo;

import org.jspecify.annotations.NullMarked;
