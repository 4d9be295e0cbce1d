/** Draws the pictures of {@code docs/}; the tests compile and run its code blocks. */
@NullMarked
package io.multishot.documentation;

import org.jspecify.annotations.NullMarked;
