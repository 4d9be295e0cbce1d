/** Helpers that the channel and the correlator share; not exported. */
@NullMarked
package io.multishot.internal;

import org.jspecify.annotations.NullMarked;
