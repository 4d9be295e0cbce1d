package io.multishot.benchmarks;

import io.multishot.Receiver;
import io.multishot.Sender;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two threads that spin: a value to the other thread and back. */
public class RoundTripBenchmark extends TwoThreads {

    @Benchmark
    public Object multishot(Channels channels) {
        return channels.ask(VALUE);
    }

    /** The physical limit: the bare words, each on a cache line of its own, written and cleared as often. */
    @Benchmark
    public Object volatileWords(Words words) {
        return words.ask(VALUE);
    }

    /**
     * The limit of a channel, whose sender looks whether the word is free before it writes it, so that nothing is
     * overwritten: the cache line is asked for twice, once to be read and once to be written.
     */
    @Benchmark
    public Object comparedWords(ComparedWords words) {
        return words.ask(VALUE);
    }

    /** Two one-way lines with a thread at the other end that sends back what it gets. */
    @State(Scope.Benchmark)
    public abstract static class Line {
        private static final Object STOP = new Object();

        @SuppressWarnings("NullAway.Init") // by start()
        private Thread echo;

        abstract void send(Object value);

        abstract Object awaitEcho();

        abstract Object await();

        abstract void sendBack(Object value);

        final Object ask(Object value) {
            send(value);
            return awaitEcho();
        }

        private void echo() {
            Object value;
            do {
                value = await();
                sendBack(value);
            } while (value != STOP);
        }

        @Setup
        public void start() {
            echo = new Thread(this::echo, "echo");
            echo.start();
        }

        @TearDown
        public void stop() throws InterruptedException {
            ask(STOP);
            echo.join();
        }
    }

    @State(Scope.Benchmark)
    public static class Channels extends Line {
        private final Receiver<Object> there = new Receiver<>();
        private final Sender<Object> toThere = there.sender();
        private final long[][] unusedSpace = new long[4][16]; // so that the two are not on one cache line by chance
        private final Receiver<Object> back = new Receiver<>();
        private final Sender<Object> toBack = back.sender();

        @Override
        void send(Object value) {
            toThere.send(value);
        }

        @Override
        Object await() {
            return spin(there, toThere);
        }

        @Override
        void sendBack(Object value) {
            toBack.send(value);
        }

        @Override
        Object awaitEcho() {
            return spin(back, toBack);
        }

        private static Object spin(Receiver<Object> receiver, Sender<Object> sender) {
            Object value;
            while ((value = receiver.tryReceive()) == null) {
                Thread.onSpinWait();
            }
            receiver.recycle(sender);
            return value;
        }
    }

    @State(Scope.Benchmark)
    public static class Words extends Line {
        private static final int THERE = 32;
        private static final int BACK = 96;

        final AtomicReferenceArray<@Nullable Object> words = new AtomicReferenceArray<>(128);

        void write(int word, Object value) {
            words.set(word, value);
        }

        @Override
        void send(Object value) {
            write(THERE, value);
        }

        @Override
        Object await() {
            return spin(THERE);
        }

        @Override
        void sendBack(Object value) {
            write(BACK, value);
        }

        @Override
        Object awaitEcho() {
            return spin(BACK);
        }

        private Object spin(int word) {
            Object value;
            while ((value = words.getAcquire(word)) == null) {
                Thread.onSpinWait();
            }
            words.setRelease(word, null);
            return value;
        }
    }

    @State(Scope.Benchmark)
    public static class ComparedWords extends Words {
        @Override
        void write(int word, Object value) {
            if (words.getAcquire(word) != null || !words.compareAndSet(word, null, value)) {
                throw new IllegalStateException("the last value was not taken yet");
            }
        }
    }
}
