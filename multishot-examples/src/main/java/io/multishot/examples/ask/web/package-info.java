/**
 * HTTP: routes, the handler that awaits an answer without blocking, and the server.
 */
@NullMarked
package io.multishot.examples.ask.web;

import org.jspecify.annotations.NullMarked;
