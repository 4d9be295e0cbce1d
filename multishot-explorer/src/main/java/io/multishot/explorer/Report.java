package io.multishot.explorer;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The findings of an exploration.
 *
 * @param executions the number of executions made to their end, or to their failure
 * @param pruned the number of executions given up half-way because they would have repeated another one
 * @param exhausted true if every execution was made
 * @param failure the first failure; null if there was none
 * @param outcomes the outcomes that the scenario handed to {@link Probe#outcome}, without repetition
 */
public record Report(
        long executions,
        long pruned,
        boolean exhausted,
        @Nullable Failure failure,
        SortedSet<String> outcomes) {
    /**
     * Keeps a copy of the outcomes.
     *
     * @param executions the number of executions made to their end, or to their failure
     * @param pruned the number of executions given up half-way because they would have repeated another one
     * @param exhausted true if every execution was made
     * @param failure the first failure; null if there was none
     * @param outcomes the outcomes that the scenario handed to {@link Probe#outcome}, without repetition
     */
    public Report {
        outcomes = Collections.unmodifiableSortedSet(new TreeSet<>(outcomes));
    }

    /**
     * Asserts that every execution was made and none failed.
     *
     * @return this report
     * @throws AssertionError with the trace, if an execution failed; or if executions are left that were not made
     */
    public Report assertExhaustedWithoutFailure() {
        assertNoFailure();
        if (!exhausted) {
            throw new AssertionError("not exhausted after " + executions + " executions and " + pruned
                    + " pruned ones: raise maxExecutions, or make the scenario smaller");
        }
        return this;
    }

    /**
     * Asserts that none of the executions failed, though others may be left that were not made.
     *
     * @return this report
     * @throws AssertionError with the trace, if an execution failed
     */
    public Report assertNoFailure() {
        if (failure != null) {
            throw new AssertionError(failure + System.lineSeparator() + "in execution " + executions, failure.cause());
        }
        return this;
    }

    /**
     * Asserts that an execution failed, in a given way.
     *
     * @param kind the kind of failure
     * @return the failure
     * @throws AssertionError if no execution failed, or in another way
     */
    public Failure assertFailure(Failure.Kind kind) {
        if (failure == null) {
            throw new AssertionError("no " + kind + " in " + executions + " executions, exhausted: " + exhausted);
        }
        if (failure.kind() != kind) {
            throw new AssertionError("no " + kind + " but " + failure, failure.cause());
        }
        return failure;
    }
}
