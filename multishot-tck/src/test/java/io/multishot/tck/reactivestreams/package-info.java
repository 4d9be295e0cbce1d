/** Runs the Reactive Streams TCK, and checks the rules that it skips for publishers of one element. */
package io.multishot.tck.reactivestreams;
