/**
 * The self-check: a client that sends the server real requests and judges what comes back.
 */
@NullMarked
package io.multishot.examples.ask.check;

import org.jspecify.annotations.NullMarked;
