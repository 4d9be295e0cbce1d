package io.multishot.benchmarks;

import io.multishot.reactor.ReactiveCorrelator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request and its reply by id, as a {@code Mono} with a subscriber that waits. */
public class RequestBenchmark extends Workload {

    /** One {@code Mono}, subscribed to for each request. */
    @Benchmark
    public void request(OneMono way, Requests requests) {
        requests.nextBySubscriber(way);
    }

    /** A {@code Mono} of its own for each request. */
    @Benchmark
    public void requestAssembled(MonoForEach way, Requests requests) {
        requests.nextBySubscriber(way);
    }

    @Benchmark
    public void requestTimeout(OneMonoWithTimeout way, Requests requests) {
        requests.nextBySubscriber(way);
    }

    @Benchmark
    public void mapSink(MapOfSinks map, Requests requests) {
        requests.nextBySubscriber(map);
    }

    @Benchmark
    public void mapSinkTimeout(MapOfSinksWithTimeout map, Requests requests) {
        requests.nextBySubscriber(map);
    }

    @State(Scope.Benchmark)
    public static class Table {
        @Param("1024")
        public int capacity;

        ReactiveCorrelator<Object> correlator = ReactiveCorrelator.withCapacity(1);

        @Setup
        public void setUp() {
            correlator = ReactiveCorrelator.withCapacity(capacity);
        }
    }

    /** One thread's way to the table. To send is to keep the ticket, which stands for the wire. */
    @State(Scope.Thread)
    public static class OneMono implements Requests.Way<RawSubscriber> {
        ReactiveCorrelator<Object> correlator = ReactiveCorrelator.withCapacity(1);
        private Mono<Object> request = Mono.empty();
        private long sent;

        @Setup
        public void setUp(Table table) {
            correlator = table.correlator;
            request = newRequest();
        }

        Mono<Object> newRequest() {
            return correlator.request(this::send);
        }

        final Mono<Void> send(long ticket) {
            sent = ticket;
            return Mono.empty();
        }

        Mono<Object> nextRequest() {
            return request;
        }

        @Override
        public final long open(RawSubscriber subscriber) {
            nextRequest().subscribe(subscriber);
            return sent;
        }

        @Override
        public final void answer(long id) {
            correlator.complete(id, VALUE);
        }
    }

    @State(Scope.Thread)
    public static class MonoForEach extends OneMono {
        @Override
        Mono<Object> nextRequest() {
            return newRequest();
        }
    }

    @State(Scope.Thread)
    public static class OneMonoWithTimeout extends OneMono {
        @Override
        Mono<Object> newRequest() {
            return correlator.request(Requests.TIMEOUT, this::send);
        }
    }

    @State(Scope.Benchmark)
    public static class MapOfSinks implements Requests.Way<RawSubscriber> {
        private final AtomicLong ids = new AtomicLong();
        private final ConcurrentMap<Long, Sinks.One<Object>> sinks = new ConcurrentHashMap<>();

        @Override
        public final long open(RawSubscriber subscriber) {
            long id = ids.incrementAndGet();
            Sinks.One<Object> sink = Sinks.one();
            sinks.put(id, sink);
            reply(sink).subscribe(subscriber);
            return id;
        }

        Mono<Object> reply(Sinks.One<Object> sink) {
            return sink.asMono();
        }

        @Override
        public final void answer(long id) {
            Sinks.One<Object> sink = sinks.remove(id);
            if (sink != null) {
                sink.tryEmitValue(VALUE);
            }
        }
    }

    @State(Scope.Benchmark)
    public static class MapOfSinksWithTimeout extends MapOfSinks {
        @Override
        Mono<Object> reply(Sinks.One<Object> sink) {
            return sink.asMono().timeout(Requests.TIMEOUT);
        }
    }
}
