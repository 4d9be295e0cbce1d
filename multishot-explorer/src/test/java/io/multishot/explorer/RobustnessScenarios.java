package io.multishot.explorer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Code that is hard on the explorer, and misuse of it. */
final class RobustnessScenarios {
    private RobustnessScenarios() {}

    /** One thread fails while another goes round in a loop that catches everything. */
    static void catchingEverything(String how) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicBoolean running = new AtomicBoolean();
        Thread other = new Thread(() -> {
            running.set(true);
            boolean stopped = false;
            while (!stopped) {
                try {
                    stopped = stop.get();
                    Thread.onSpinWait();
                    if (how.equals("finally")) {
                        try {
                            stop.get();
                            Thread.onSpinWait();
                        } finally {
                            stopped |= stop.get();
                        }
                    }
                } catch (Throwable everything) {
                    // nothing that the explorer sees
                }
            }
        });
        other.start();
        while (!running.get()) {
            Thread.onSpinWait();
        }
        if (how.equals("throwing")) {
            throw new IllegalStateException("planted");
        }
        Thread.sleep(1);
        other.join();
    }

    /** A handler still sees what the scenario throws itself. */
    static void catchingItsOwn() {
        try {
            throw new IllegalStateException("own");
        } catch (Throwable e) {
            Probe.outcome(String.valueOf(e.getMessage()));
        }
    }

    static void spinWithoutHint() throws InterruptedException {
        AtomicBoolean flag = new AtomicBoolean();
        Thread other = new Thread(() -> flag.set(true));
        other.start();
        while (!flag.get()) {
            // no hint
        }
        other.join();
    }

    /** Its initialiser fails. */
    private static final class Failing {
        static {
            fail();
        }

        private Failing() {}

        private static void fail() {
            throw new IllegalStateException("planted");
        }

        static void touch() {}
    }

    /** The steps after an initialiser that failed are explored. */
    static void afterAFailingInitialiser() throws InterruptedException {
        AtomicInteger counter = new AtomicInteger();
        int[] seen = new int[1];
        Thread other = new Thread(() -> {
            try {
                Failing.touch();
            } catch (LinkageError e) {
                // ExceptionInInitializerError, and NoClassDefFoundError from the second execution on
            }
            seen[0] = counter.get();
        });
        other.start();
        counter.set(1);
        other.join();
        Probe.outcome("" + seen[0]);
    }

    static void takesAString(String text) {
        Probe.outcome(text);
    }

    static void takesAnInt(int number) {
        Probe.outcome("" + number);
    }

    /** A subclass of a class that is refused. */
    static class Local extends ThreadLocal<String> {
        @Override
        protected String initialValue() {
            return "initial";
        }
    }

    static void subclassOfThreadLocal() {
        Probe.outcome(String.valueOf(new Local().get()));
    }

    /** Takes the place of {@link ThreadLocal} where one thread is enough. */
    static class OneThreadLocal<T> {
        private @Nullable T value;

        public @Nullable T get() {
            if (value == null) {
                value = initialValue();
            }
            return value;
        }

        protected @Nullable T initialValue() {
            return null;
        }
    }

    /** So many threads with a read-modify-write each of one counter. */
    static void addAndJoin(int threads, boolean interrupts) throws InterruptedException {
        AtomicInteger counter = new AtomicInteger();
        Thread[] started = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            started[i] = new Thread(counter::incrementAndGet);
        }
        for (Thread thread : started) {
            thread.start();
        }
        Thread main = Thread.currentThread();
        Thread interrupter = new Thread(main::interrupt);
        if (interrupts) {
            interrupter.start();
        }
        int interrupted = 0;
        for (Thread thread : started) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted++;
            }
        }
        Probe.outcome("interrupted " + interrupted);
    }
}
