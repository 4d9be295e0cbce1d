package io.multishot.tck.mutation;

import io.multishot.explorer.Failure;
import io.multishot.explorer.Report;
import io.multishot.tck.modelcheck.ChannelExploration;

/**
 * Explores one scenario on the core that comes first on the class path, in a JVM of its own. It prints its finding in
 * one line, and ends with one of the codes below; any other code means that the exploration itself broke.
 */
final class KillerMain {
    static final int KILLED = 10;
    static final int SURVIVED = 11;
    static final int NOT_EXHAUSTED = 12;

    private KillerMain() {}

    public static void main(String[] arguments) {
        Report report = ChannelExploration.find(arguments[0]).explore();
        System.out.println(describe(report));
        System.exit(report.failure() != null ? KILLED : report.exhausted() ? SURVIVED : NOT_EXHAUSTED);
    }

    private static String describe(Report report) {
        Failure failure = report.failure();
        if (failure == null) {
            return "no failure in " + report.executions() + " executions";
        }
        String message = failure.message().lines().findFirst().orElse("");
        return failure.kind() + ": " + message + " (execution " + report.executions() + ")";
    }
}
