/** Litmus shapes: what Java's memory model allows, by a definition of its own, against what the explorer finds. */
@NullMarked
package io.multishot.explorer.litmus;

import org.jspecify.annotations.NullMarked;
