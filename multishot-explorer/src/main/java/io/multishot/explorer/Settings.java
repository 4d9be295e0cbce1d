package io.multishot.explorer;

/** The settings of an exploration, as {@link Exploration} documents them. */
final class Settings {
    long maxExecutions = 1_000_000;
    int maxSteps = 5_000;
    boolean sleepSets = true;
    int spuriousWakeups = 1;
    int spuriousFailures = 1;
    int processors = 2;

    /** Not for the user to set: found out on the way, see {@link Explorer}. */
    boolean interrupts;
}
