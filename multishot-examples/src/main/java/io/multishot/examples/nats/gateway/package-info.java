/**
 * HTTP on one side, the broker on the other, a correlator in between.
 */
@NullMarked
package io.multishot.examples.nats.gateway;

import org.jspecify.annotations.NullMarked;
