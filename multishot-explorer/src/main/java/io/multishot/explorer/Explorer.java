package io.multishot.explorer;

import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the executions of an exploration one after the other.
 *
 * <p>It begins as if no thread were ever interrupted, because a join then commutes with every step of another thread.
 * The first execution that has an interrupt shows that this was wrong, and all is begun anew without it. None can be
 * missed: up to its first interrupt an execution does not depend on it, so that an equivalent one is made which has
 * that interrupt, too.
 */
final class Explorer {
    private final ModelContext context;
    private final Settings settings;
    private final Runnable scenario;
    private final ChoicePath path;

    Explorer(ModelContext context, Settings settings, Runnable scenario) {
        this.context = context;
        this.settings = settings;
        this.scenario = scenario;
        path = new ChoicePath(settings.seed == null ? null : new Random(settings.seed));
    }

    Report explore() {
        long executions = 0;
        long pruned = 0;
        boolean exhausted = false;
        Failure failure = null;
        SortedSet<String> outcomes = new TreeSet<>();
        try (Carriers carriers = new Carriers()) {
            while (!exhausted && failure == null && executions + pruned < settings.maxExecutions) {
                Execution execution = execute(carriers, null);
                if (execution.hasInterrupts() && !settings.interrupts) {
                    settings.interrupts = true;
                    path.clear();
                    return explore();
                }
                if (execution.wasPruned()) {
                    pruned++;
                } else {
                    executions++;
                    failure = execution.failure();
                    String outcome = execution.outcome();
                    if (failure != null) {
                        failure = traced(carriers, failure);
                    } else if (outcome != null) {
                        outcomes.add(outcome);
                    }
                }
                exhausted = failure == null && !path.advance();
            }
        }
        return new Report(executions, pruned, exhausted, failure, outcomes);
    }

    private Execution execute(Carriers carriers, @Nullable Trace trace) {
        Execution execution = new Execution(context, path, settings, carriers, trace);
        execution.run(scenario);
        return execution;
    }

    /**
     * The same failure with its trace. Writing it down costs much more than the execution itself, therefore it is made
     * again for that, which also shows that it can be.
     */
    private Failure traced(Carriers carriers, Failure failure) {
        Failure again = execute(carriers, new Trace(context.loader())).failure();
        if (again == null || again.kind() != failure.kind()) {
            throw new NondeterminismException("not the failure of the first time: " + failure.message());
        }
        return again;
    }

    /** Throws anything, checked or not, so that the failure shows what the scenario threw itself. */
    @SuppressWarnings("unchecked") // the cast is erased, that is the point
    static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
