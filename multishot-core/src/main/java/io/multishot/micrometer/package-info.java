/** What correlators do, as meters of <a href="https://micrometer.io">Micrometer</a>, which this package alone needs. */
@NullMarked
package io.multishot.micrometer;

import org.jspecify.annotations.NullMarked;
