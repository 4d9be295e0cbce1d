/**
 * Request and reply by ticket, for many requests in flight at once.
 *
 * <p>A {@link io.multishot.correlator.Correlator} gives each request a ticket and finds it again by the ticket that its
 * reply brings. A {@link io.multishot.correlator.Pending} <em>is</em> the state of its request, so a reply reaches its
 * own request or none. {@code docs/correlator.md} in the source repository has the algorithm, its cost and its memory
 * ordering.
 */
@NullMarked
package io.multishot.correlator;

import org.jspecify.annotations.NullMarked;
