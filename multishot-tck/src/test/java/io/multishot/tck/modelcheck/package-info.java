/** Explores the interleavings of small scenarios on the byte code of the core, by the explorer and by Lincheck. */
package io.multishot.tck.modelcheck;
