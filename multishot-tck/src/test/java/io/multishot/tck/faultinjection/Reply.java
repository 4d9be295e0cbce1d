package io.multishot.tck.faultinjection;

import org.jspecify.annotations.Nullable;

/**
 * A value, which names its request.
 *
 * @param request its request; null if it was forged
 */
record Reply(@Nullable Request request) {}
