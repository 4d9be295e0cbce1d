/** Fixtures that the tests of several modules share. */
@NullMarked
package io.multishot.testkit;

import org.jspecify.annotations.NullMarked;
