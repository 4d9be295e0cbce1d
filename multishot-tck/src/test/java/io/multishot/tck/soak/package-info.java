/** Runs many channels with all operations at once for a while, and balances sent against received outcomes. */
package io.multishot.tck.soak;
