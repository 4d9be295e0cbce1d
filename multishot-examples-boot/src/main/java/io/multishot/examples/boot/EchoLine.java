package io.multishot.examples.boot;

import org.springframework.beans.factory.ObjectProvider;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The embedded default: it answers on a thread of its own. */
final class EchoLine implements Line, AutoCloseable {
    private final ObjectProvider<Answers> answers;
    private final Scheduler elsewhere = Schedulers.newSingle("elsewhere", true);

    EchoLine(ObjectProvider<Answers> answers) {
        this.answers = answers;
    }

    @Override
    public Mono<Void> send(long ticket, String question) {
        return Mono.fromRunnable(() ->
                elsewhere.schedule(() -> answers.getObject().arrived(ticket, new Reply("You asked: " + question))));
    }

    @Override
    public void close() {
        elsewhere.dispose();
    }
}
