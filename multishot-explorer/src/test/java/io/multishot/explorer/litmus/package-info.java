/** Compares the explorer with a definition of Java's memory model of its own, by litmus shapes. */
@NullMarked
package io.multishot.explorer.litmus;

import org.jspecify.annotations.NullMarked;
