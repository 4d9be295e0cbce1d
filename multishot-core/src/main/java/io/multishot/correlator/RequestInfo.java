package io.multishot.correlator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request in flight, as {@link Correlator#snapshot} and the leak report show it.
 *
 * @param ticket its ticket
 * @param age the time since it was opened. It is exact for a request with a deadline; without one it may be told too
 *     long by a second
 * @param openedAt the stack of its opening, if {@linkplain CorrelatorBuilder#reportLeaks leaks are reported}; else
 *     {@code null}
 */
public record RequestInfo(
        long ticket, Duration age, @Nullable Throwable openedAt) {

    /**
     * Describes the request by its ticket in hexadecimal and its age.
     *
     * @return for example {@code RequestInfo[00f3a1b27c4d5e68, PT1.5S]}
     */
    @Override
    public String toString() {
        return "RequestInfo[" + Ticket.toHex(ticket) + ", " + age + "]";
    }
}
