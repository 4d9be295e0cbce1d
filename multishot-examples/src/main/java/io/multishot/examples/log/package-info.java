/** What the examples write to their logs. */
@NullMarked
package io.multishot.examples.log;

import org.jspecify.annotations.NullMarked;
