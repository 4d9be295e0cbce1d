package io.multishot.examples.ask.web;

import io.multishot.examples.ask.work.WorkerPool;
import io.multishot.examples.http.LoopbackServer;

/** The workers behind HTTP. */
public final class AskHttpServer implements AutoCloseable {
    private final WorkerPool workers;
    private final LoopbackServer server;

    private AskHttpServer(WorkerPool workers, LoopbackServer server) {
        this.workers = workers;
        this.server = server;
    }

    /**
     * Starts to serve on the loopback interface.
     *
     * @param port the port; 0 for any that is free
     * @param workers the workers that answer; closed with the server, and when it does not start
     * @return the running server
     * @throws reactor.netty.ChannelBindException if the port is taken
     */
    public static AskHttpServer start(int port, WorkerPool workers) {
        try {
            return new AskHttpServer(workers, LoopbackServer.start(port, new AskHandler(workers).routes()));
        } catch (RuntimeException failure) {
            workers.dispose();
            throw failure;
        }
    }

    /**
     * The port that it serves on.
     *
     * @return the port
     */
    public int port() {
        return server.address().getPort();
    }

    /**
     * Returns the URL to send requests to.
     *
     * @return the URL of the server, without a slash at its end
     */
    public String url() {
        return server.url();
    }

    /** Blocks until the server is closed, which may be for ever. */
    public void awaitClose() {
        server.awaitClose();
    }

    /** Ends every question that waits, by a response that says so; then stops to serve. */
    @Override
    public void close() {
        workers.dispose();
        server.close();
    }
}
