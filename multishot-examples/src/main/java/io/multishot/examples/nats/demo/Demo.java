package io.multishot.examples.nats.demo;

import io.multishot.examples.nats.broker.Await;
import io.multishot.examples.nats.broker.Ends;
import io.multishot.examples.nats.broker.NatsServer;
import io.multishot.examples.nats.gateway.GatewayMain;
import io.multishot.examples.nats.worker.WorkerMain;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A broker, two gateways and three workers, each a process, and requests through both gateways. */
public final class Demo implements AutoCloseable {
    private static final int GATEWAYS = 2;
    private static final int WORKERS = 3;
    private static final int QUESTIONS = 6;

    private final PrintStream out;
    private final Duration limit;
    private final Class<?> worker;
    private final Ends ends = new Ends();
    private int right;
    private int wrong;

    private Demo(PrintStream out, Duration limit, Class<?> worker) {
        this.out = out;
        this.limit = limit;
        this.worker = worker;
    }

    /**
     * Runs the demo.
     *
     * @param out receives the transcript; its last line is {@code N right, N wrong}
     * @return true if everything came that should, and every request had the outcome that it should
     */
    public static boolean run(PrintStream out) {
        return run(out, Await.DEADLINE, WorkerMain.class);
    }

    /** The same with another limit for a process to be ready, and another worker. */
    static boolean run(PrintStream out, Duration limit, Class<?> worker) {
        try (Demo demo = new Demo(out, limit, worker)) {
            demo.run();
            return demo.wrong == 0;
        } catch (IllegalStateException | UncheckedIOException nothingCame) {
            out.println("Gave up: " + nothingCame.getMessage());
            return false;
        }
    }

    private void run() {
        NatsServer broker = ends.add(NatsServer.start());
        out.printf("nats-server, process %d, on %s%n", broker.pid(), broker.url());
        List<Jvm> workers = start(worker, "worker", WORKERS, broker.url());
        List<Jvm> gateways = start(GatewayMain.class, "gateway", GATEWAYS, broker.url(), "0");
        workers.forEach(process -> process.awaitReady(limit));
        List<Client> clients = gateways.stream()
                .map(process -> process.awaitReady(limit))
                .map(Client::of)
                .toList();

        out.println("Each gateway is asked " + QUESTIONS + " questions, of all gateways at the same time:");
        List<Client.Asked> asked = new ArrayList<>();
        for (int number = 1; number <= QUESTIONS; number++) {
            for (Client client : clients) {
                asked.add(client.ask("why-" + number));
            }
        }
        asked.forEach(question -> judge(question, 200));

        out.println("A question that no worker answers, beside one that is:");
        List<Client.Asked> beside = clients.stream()
                .map(client -> client.ask(WorkerMain.UNANSWERED))
                .toList();
        clients.forEach(client -> judge(client.ask("why-not"), 200));
        beside.forEach(question -> judge(question, 504));

        out.println("All workers are killed (504 if the broker has not noticed yet):");
        workers.forEach(Jvm::close);
        clients.forEach(client -> judge(client.ask("anybody"), 503, 504));
        out.println("One is started again:");
        start(worker, "another", 1, broker.url()).forEach(process -> process.awaitReady(limit));
        clients.forEach(client -> judge(client.ask("and-now"), 200));

        out.println("The broker is killed:");
        broker.kill();
        clients.forEach(client -> judge(client.ask("hello"), 502));
        out.printf("%d right, %d wrong%n", right, wrong);
    }

    private List<Jvm> start(Class<?> program, String name, int count, String... arguments) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> ends.add(Jvm.start(out, program, name + "-" + number, arguments)))
                .toList();
    }

    private void judge(Client.Asked asked, Integer... statuses) {
        Client.Outcome outcome = asked.await();
        boolean asItShould = List.of(statuses).contains(outcome.status())
                && (outcome.status() != 200 || outcome.isEchoOf(asked.nonce()));
        if (asItShould) {
            right++;
        } else {
            wrong++;
        }
        out.printf("  %s %s -> %s%n", asItShould ? "ok   " : "WRONG", asked.uri(), outcome);
    }

    /** Kills every process, the last one first. */
    @Override
    public void close() {
        ends.close();
    }
}
