/** Meters of correlators for <a href="https://micrometer.io">Micrometer</a>. */
@NullMarked
package io.multishot.micrometer;

import org.jspecify.annotations.NullMarked;
