/**
 * The broker: the protocol on the wire, and a server of one's own on the loopback interface.
 */
@NullMarked
package io.multishot.examples.nats.broker;

import org.jspecify.annotations.NullMarked;
