package io.multishot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that is in flight, seen from outside.
 *
 * @param ticket its ticket
 * @param age how long ago it was opened, to one {@linkplain CorrelatorBuilder#resolution resolution}: an age may be told too
 *     long by that much
 * @param openedAt the stack of its opening, if {@linkplain CorrelatorBuilder#reportLeaks leaks are reported}; else
 *     {@code null}
 */
public record InFlight(long ticket, Duration age, @Nullable Throwable openedAt) {

    /**
     * The ticket in hexadecimal, and the age.
     *
     * @return for example {@code InFlight[00f3a1b27c4d5e68, PT1.5S]}
     */
    @Override
    public String toString() {
        return "InFlight[" + Ticket.toHex(ticket) + ", " + age + "]";
    }
}
