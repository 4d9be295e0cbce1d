package io.multishot.correlator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request in flight, as {@link Correlator#snapshot} and the leak report show it.
 *
 * @param ticket its ticket
 * @param age the time since it was opened, to one {@linkplain CorrelatorBuilder#resolution resolution}: an age may be
 *     told too long by that much
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
