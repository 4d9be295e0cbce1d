package io.multishot.examples.ask;

import io.multishot.examples.ask.check.SelfCheck;
import io.multishot.examples.ask.web.AskHttpServer;
import io.multishot.examples.ask.work.EchoAnswering;
import io.multishot.examples.ask.work.Limits;
import io.multishot.examples.ask.work.LoggedJournal;
import io.multishot.examples.ask.work.WorkerPool;
import java.util.List;

/**
 * The command line: serves until interrupted, or checks itself.
 *
 * <pre>
 * AskServer [--port N]      serves on port N, 8080 if not given
 * AskServer --self-check    sends itself requests on a free port; exit status 0 only if every outcome was right
 * </pre>
 */
public final class AskServer {
    private static final int DEFAULT_PORT = 8080;
    private static final String USAGE = "usage: AskServer [--port N (0 to 65535) | --self-check]";

    private AskServer() {}

    /**
     * Runs the command line.
     *
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.equals(List.of("--self-check"))) {
            System.exit(SelfCheck.run(System.out) ? 0 : 1);
        }
        int port = portOf(words);
        if (port < 0) {
            System.err.println(USAGE);
            System.exit(2);
        }
        serve(port);
    }

    /** The port that the words ask for; -1 if they ask for something else. */
    private static int portOf(List<String> words) {
        if (words.isEmpty()) {
            return DEFAULT_PORT;
        }
        if (words.size() != 2 || !words.get(0).equals("--port") || !words.get(1).matches("\\d{1,5}")) {
            return -1;
        }
        int port = Integer.parseInt(words.get(1));
        return port > 0xFFFF ? -1 : port;
    }

    private static void serve(int port) {
        long begun = System.nanoTime();
        AskHttpServer server =
                AskHttpServer.start(port, new WorkerPool(Limits.DEFAULT, new EchoAnswering(), new LoggedJournal()));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        System.out.printf("Serving on %s after %d ms. Ctrl-C stops.%n", server.url(), millisSince(begun));
        System.out.printf("Try:  curl -i %s/ask/why%n", server.url());
        System.out.printf("      curl -i %s/ask/slow    (its answer comes too late, and is refused)%n", server.url());
        server.awaitClose();
    }

    private static long millisSince(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
