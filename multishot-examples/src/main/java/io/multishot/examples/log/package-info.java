/** Makes text safe for the logs of the examples. */
@NullMarked
package io.multishot.examples.log;

import org.jspecify.annotations.NullMarked;
