/** Counts the atomic read-modify-writes of each operation, and compares them with the tables of the documentation. */
package io.multishot.tck.cost;
