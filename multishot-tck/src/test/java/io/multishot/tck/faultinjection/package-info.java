/**
 * Runs correlators against peers that double, delay, reorder, drop and forge replies, and compares the counts of all
 * sides.
 */
package io.multishot.tck.faultinjection;
