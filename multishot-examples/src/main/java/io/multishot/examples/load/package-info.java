/**
 * One WebFlux handler with two ways to match a reply to its request, to be compared under load: see
 * {@code multishot-examples/load}.
 */
@NullMarked
package io.multishot.examples.load;

import org.jspecify.annotations.NullMarked;
