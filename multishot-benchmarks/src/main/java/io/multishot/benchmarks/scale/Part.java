package io.multishot.benchmarks.scale;

import java.util.Arrays;
import java.util.Locale;

/** One kind of measurement, taken in a JVM of its own for each contender and number of requests. */
enum Part {
    COST(Cost::measure),
    NONE_EXPIRE(TimerShare::ofNone),
    SOME_EXPIRE((contender, requests, settings) -> TimerShare.ofShare(0.01, contender, requests, settings)),
    ALL_EXPIRE((contender, requests, settings) -> TimerShare.ofShare(1, contender, requests, settings)),
    LATENESS(Expiry::lateness),
    AT_ONCE((contender, requests, settings) -> Expiry.atOnce(contender, requests)),
    NEIGHBOUR((contender, requests, settings) -> Expiry.neighbour(requests)),
    MANY_CORRELATORS((contender, requests, settings) -> ManyCorrelators.measure(settings));

    private interface Measurement {
        Figures measure(Contender contender, int requests, Settings settings);
    }

    private final Measurement measurement;

    Part(Measurement measurement) {
        this.measurement = measurement;
    }

    Figures measure(Contender contender, int requests, Settings settings) {
        return measurement.measure(contender, requests, settings);
    }

    /** Returns the part with a name as people write it: {@code none-expire}. */
    static Part named(String name) {
        return Arrays.stream(values())
                .filter(part -> part.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a part is one of " + Arrays.toString(values()) + ", not " + name));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
