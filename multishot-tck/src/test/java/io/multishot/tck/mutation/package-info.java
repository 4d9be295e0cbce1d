/**
 * Proves that the model checks can fail: each mutant of the core must be killed by the scenario that is named for it.
 */
package io.multishot.tck.mutation;
