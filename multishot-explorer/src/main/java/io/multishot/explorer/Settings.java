package io.multishot.explorer;

import org.jspecify.annotations.Nullable;

/** The settings of an exploration, as {@link Exploration} documents them. */
final class Settings {
    long maxExecutions = 1_000_000;
    int maxSteps = 5_000;
    boolean sleepSets = true;
    boolean sourceSets = true;
    int spuriousWakeups = 1;
    int spuriousFailures = 1;
    int processors = 2;
    int stalls;
    int deaths;

    /** The number of times that a thread that could go on may be left for another one; negative for any number. */
    int preemptions = -1;

    /** The seed of executions that are chosen at random; null to make all. */
    @Nullable
    Long seed;

    /** Tells whether to leave out executions that repeat another one, which requires that all others are made. */
    boolean reduces() {
        return sleepSets && preemptions < 0 && seed == null;
    }

    /** True if a thread is tried only where a race asks for it. */
    boolean usesRaces() {
        return sourceSets && reduces();
    }

    /** Not for the user to set: found out on the way, see {@link Explorer}. */
    boolean interrupts;
}
