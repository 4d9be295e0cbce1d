package io.multishot.examples.ask.check;

import io.multishot.examples.ask.check.Bench.HeldQuestion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The scenarios of the self-check: each runs on any server in good order, and leaves it so. */
enum Scenario {
    IN_A_ROW("Questions in a row: more rounds than channels", Scenario::inARow),
    AT_ONCE("Questions at once: as many as there are workers", Scenario::atOnce),
    CLIENT_LEAVES("A client leaves before the answer", Scenario::clientLeaves),
    ALL_BUSY("All workers are busy, and then too late", Scenario::allBusy),
    BAD_INPUT("Requests that cannot be answered", Scenario::badInput),
    ONCE_MORE("After all that, the same workers answer again", Scenario::onceMore);

    private static final int WORKERS = Bench.LIMITS.workers();

    private final String title;
    private final Consumer<Bench> steps;

    Scenario(String title, Consumer<Bench> steps) {
        this.title = title;
        this.steps = steps;
    }

    /** Runs the scenario; whatever does not happen at all counts as one failed check. */
    void run(Bench bench) {
        bench.transcript().title(ordinal() + 1 + ". " + title);
        try {
            steps.accept(bench);
        } catch (RuntimeException e) {
            bench.transcript().check("the rest of this scenario", e.toString(), false, "to get to its end");
        }
    }

    private static void inARow(Bench bench) {
        Set<String> workers = new TreeSet<>();
        IntStream.rangeClosed(1, 4 * WORKERS)
                .mapToObj(number -> "row-" + number)
                .forEach(question -> workers.add(
                        bench.ask(question, 200, "answers: " + question).worker()));
        checkWorkers(bench, "answered in turn", workers);
    }

    private static void atOnce(Bench bench) {
        checkWorkers(bench, "answered at once", answerAtOnce(bench, "at-once"));
    }

    private static void clientLeaves(Bench bench) {
        String question = "held-abandoned";
        String worker = bench.askAndLeave(question);
        String revokedFor = bench.await(
                "the round of " + question + " to be revoked", bench.journal().abandonedBy(question));
        bench.transcript().check("the round of " + question, "revoked", revokedFor.equals(worker), "by " + worker);

        List<HeldQuestion> others = bench.hold("meanwhile", WORKERS - 1);
        bench.transcript()
                .say("         the other workers are busy too, so " + worker + " would be next if it were free");
        bench.ask("is-it-free", 503, "busy");
        checkRefused(bench, question);
        others.forEach(other -> answer(bench, other));
        checkWorkers(bench, "answer again", answerAtOnce(bench, "back"));
    }

    private static void allBusy(Bench bench) {
        List<HeldQuestion> held = bench.hold("busy", WORKERS);
        String retryAfter = bench.ask("one-too-many", 503, "busy").retryAfter();
        bench.transcript().check("its Retry-After", retryAfter, retryAfter.equals("1"), "1");
        held.forEach(question -> bench.judge("/ask/" + question.text(), question.reply(), 504, "in time"));
        held.forEach(question -> checkRefused(bench, question.text()));
        checkWorkers(bench, "answer again", answerAtOnce(bench, "after-timeout"));
    }

    private static void badInput(Bench bench) {
        bench.get("/ask", 400, "no question");
        bench.get("/ask/", 400, "no question");
        bench.get("/ask/%20", 400, "no question");
        bench.get("/ask/" + "x".repeat(1000), 400, "1000 characters");
        bench.get("/", 404, "GET /ask/{question}");
        bench.get("/ask/two/parts", 404, "GET /ask/{question}");
    }

    private static void onceMore(Bench bench) {
        checkWorkers(bench, "answer again", answerAtOnce(bench, "once-more"));
    }

    /**
     * Has every worker hold a question before the first one answers; returns the names of the workers that answered.
     */
    private static Set<String> answerAtOnce(Bench bench, String name) {
        Set<String> workers = new TreeSet<>();
        bench.hold(name, WORKERS).forEach(question -> workers.add(answer(bench, question)));
        return workers;
    }

    /** Lets a worker answer the question that it holds; returns its name. */
    private static String answer(Bench bench, HeldQuestion question) {
        bench.answering().release(question.text());
        return bench.judge("/ask/" + question.text(), question.reply(), 200, "answers: " + question.text())
                .worker();
    }

    /** Lets a worker answer a question whose round is over. */
    private static void checkRefused(Bench bench, String question) {
        bench.answering().release(question);
        String worker =
                bench.await("the late answer to " + question, bench.journal().refusedOf(question));
        bench.transcript().check("late answer of " + worker + " to " + question, "refused", true, "refused");
    }

    private static void checkWorkers(Bench bench, String what, Set<String> workers) {
        bench.transcript().check("who " + what, workers.toString(), workers.size() == WORKERS, "all the workers");
    }
}
