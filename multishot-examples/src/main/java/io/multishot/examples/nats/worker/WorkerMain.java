package io.multishot.examples.nats.worker;

import io.multishot.examples.nats.broker.Running;
import java.io.IOException;

/** The command line of a worker: {@code WorkerMain NAME BROKER-URL}. */
public final class WorkerMain {
    /** The question that no worker answers. */
    public static final String UNANSWERED = "silence";

    private WorkerMain() {}

    /**
     * Answers until the process is ended.
     *
     * @param arguments its name, the URL of the broker
     */
    public static void main(String[] arguments) {
        Running.withParent();
        if (arguments.length != 2) {
            System.err.println("usage: WorkerMain NAME BROKER-URL");
            System.exit(2);
        }
        String name = arguments[0];
        try {
            Worker worker = Worker.start(name, arguments[1], (question, reply) -> {
                if (!question.equals(UNANSWERED)) {
                    reply.accept(name + " answers: " + question);
                }
            });
            Running.untilEnded(worker, "answers questions");
        } catch (IOException e) {
            System.err.println(name + " did not start: " + e.getMessage());
            System.exit(1);
        }
    }
}
