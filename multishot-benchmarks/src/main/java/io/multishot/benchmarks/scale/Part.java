package io.multishot.benchmarks.scale;

import java.util.Arrays;
import java.util.Locale;

/** One kind of measurement, taken in a JVM of its own for each contender and number of requests. */
enum Part {
    COST {
        @Override
        Figures measure(Contender contender, int requests, Settings settings) {
            return Cost.measure(contender, requests, settings);
        }
    },
    NONE_EXPIRE {
        @Override
        Figures measure(Contender contender, int requests, Settings settings) {
            return TimerShare.ofNone(contender, requests, settings);
        }
    },
    SOME_EXPIRE {
        @Override
        Figures measure(Contender contender, int requests, Settings settings) {
            return TimerShare.ofShare(0.01, contender, requests, settings);
        }
    },
    ALL_EXPIRE {
        @Override
        Figures measure(Contender contender, int requests, Settings settings) {
            return TimerShare.ofShare(1, contender, requests, settings);
        }
    },
    LATENESS {
        @Override
        Figures measure(Contender contender, int requests, Settings settings) {
            return Expiry.lateness(contender, requests, settings);
        }
    },
    AT_ONCE {
        @Override
        Figures measure(Contender contender, int requests, Settings settings) {
            return Expiry.atOnce(contender, requests);
        }
    },
    NEIGHBOUR {
        @Override
        Figures measure(Contender contender, int requests, Settings settings) {
            return Expiry.neighbour(requests);
        }
    },
    MANY_CORRELATORS {
        @Override
        Figures measure(Contender contender, int requests, Settings settings) {
            return ManyCorrelators.measure(settings);
        }
    };

    abstract Figures measure(Contender contender, int requests, Settings settings);

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
