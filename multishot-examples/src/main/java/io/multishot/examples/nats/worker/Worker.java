package io.multishot.examples.nats.worker;

import io.multishot.examples.nats.broker.Wire;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Takes questions from the broker, and answers to the subject that each names. The worker does not interpret that
 * subject.
 */
public final class Worker implements AutoCloseable {
    private final String name;
    private final Answering answering;
    private final Connection connection;

    private Worker(String name, Answering answering, Connection connection) {
        this.name = name;
        this.answering = answering;
        this.connection = connection;
    }

    /**
     * Joins the workers.
     *
     * @param name its name, which its replies bear
     * @param broker the URL of the broker
     * @param answering finds its answers
     * @return the worker, of which the broker knows
     * @throws IOException if the broker cannot be reached
     */
    public static Worker start(String name, String broker, Answering answering) throws IOException {
        Worker worker = new Worker(name, answering, Wire.connect(broker, name, (connection, event) -> {}));
        try {
            worker.connection.createDispatcher(worker::onQuestion).subscribe(Wire.QUESTIONS, Wire.WORKERS);
            Wire.sync(worker.connection);
            return worker;
        } catch (IOException | RuntimeException failure) {
            worker.close(); // it would reconnect for ever
            throw failure;
        }
    }

    private void onQuestion(Message question) {
        String replyTo = question.getReplyTo();
        if (replyTo == null) {
            return; // no reply is wanted
        }
        Headers headers = new Headers().put(Wire.WORKER, name);
        if (question.hasHeaders() && question.getHeaders().containsKey(Wire.NONCE)) {
            headers.put(Wire.NONCE, question.getHeaders().getFirst(Wire.NONCE));
        }
        answering.answer(
                new String(question.getData(), StandardCharsets.UTF_8),
                answer -> connection.publish(replyTo, headers, answer.getBytes(StandardCharsets.UTF_8)));
    }

    /** Leaves at once, whatever is in hand. */
    @Override
    public void close() {
        Wire.close(connection);
    }
}
