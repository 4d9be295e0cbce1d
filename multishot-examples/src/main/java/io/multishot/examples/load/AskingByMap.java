package io.multishot.examples.load;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A map of sinks by number, an operator for the timeout, and a hook that removes the entry, as it is written by hand.
 */
final class AskingByMap implements Asking {
    private final ConcurrentHashMap<Long, Sinks.One<String>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final LongConsumer listener = this::reply;
    private final Elsewhere elsewhere;
    private volatile boolean closed;

    AskingByMap(Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
    }

    @Override
    public Mono<String> ask() {
        return Mono.defer(() -> {
            long number = numbers.incrementAndGet();
            Sinks.One<String> sink = Sinks.one();
            waiting.put(number, sink);
            if (closed) { // read after the put: a question that close() does not find ends here
                sink.tryEmitError(new IllegalStateException("closed"));
            } else {
                elsewhere.send(number, listener);
            }
            return sink.asMono().timeout(TIMEOUT).doFinally(end -> waiting.remove(number));
        });
    }

    private void reply(long number) {
        Sinks.One<String> sink = waiting.get(number);
        if (sink != null) {
            sink.tryEmitValue(Elsewhere.REPLY);
        }
    }

    @Override
    public void close() {
        closed = true;
        waiting.values().forEach(sink -> sink.tryEmitError(new IllegalStateException("closed")));
    }
}
