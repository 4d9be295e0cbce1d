/**
 * An async, lock-free, reusable one-shot channel, and a correlator for requests and replies by ticket.
 *
 * <p>A {@link io.multishot.Receiver} opens a <em>round</em> by handing out a one-shot {@link io.multishot.Sender}. The
 * sending side ends the round with a value, a failure or a close; the receiver receives that outcome, blocking, by
 * {@link io.multishot.Callback} or as a {@link java.util.concurrent.CompletableFuture}, and opens the next round at
 * once.
 *
 * <p>Two guarantees carry the rest. An outcome is delivered to exactly one receive, exactly once. And a sender of an
 * earlier round can never touch a later one, because the handle <em>is</em> the round's state.
 *
 * <p>For many requests in flight at once a {@link io.multishot.correlator.Correlator} gives each a ticket and finds it
 * again by the ticket that its reply brings. It keeps the same guarantees: a {@link io.multishot.correlator.Pending}
 * <em>is</em> the state of its request.
 *
 * <p>The design of the channel follows the Rust crate <a href="https://docs.rs/multishot">multishot</a>;
 * {@code docs/algorithm.md} in the source repository has the algorithm, its cost and its memory ordering, and tells
 * where the two differ; {@code docs/correlator.md} has the same for the correlator.
 */
@NullMarked
package io.multishot;

import org.jspecify.annotations.NullMarked;
