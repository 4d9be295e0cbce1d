/**
 * One WebFlux handler with two ways to find who waits for a reply, to be compared under load: see
 * {@code multishot-examples/load}.
 */
@NullMarked
package io.multishot.examples.load;

import org.jspecify.annotations.NullMarked;
