/**
 * The HTTP server that the examples share: bound to the loopback interface, with limits for slow clients, and closed
 * with every connection.
 */
@NullMarked
package io.multishot.examples.http;

import org.jspecify.annotations.NullMarked;
