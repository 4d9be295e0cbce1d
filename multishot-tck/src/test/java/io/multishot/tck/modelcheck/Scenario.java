package io.multishot.tck.modelcheck;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.concurrent.CompletionException;

/** The code that the scenarios share. */
final class Scenario {
    static final int VALUE = 42;
    static final int OPEN = 0;

    private Scenario() {}

    /** The ways to end a round. */
    enum Ending {
        SEND(VALUE),
        CLOSE(Recorder.CLOSED),
        FAIL(Recorder.FAILED);

        final int outcome;

        Ending(int outcome) {
            this.outcome = outcome;
        }

        boolean end(Sender<Box> sender) {
            return switch (this) {
                case SEND -> sender.send(new Box(VALUE));
                case CLOSE -> {
                    boolean open = sender.isOpen();
                    sender.close();
                    yield open;
                }
                default -> sender.fail(new Exception("scenario"));
            };
        }
    }

    /** Overrides {@code run}, since on JDK 25 Lincheck does not see into a task that is handed to the thread. */
    static Thread start(Runnable body) {
        Thread thread = new Thread() {
            @Override
            public void run() {
                body.run();
            }
        };
        thread.start();
        return thread;
    }

    static void join(Thread... threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    static void checkEquals(int expected, int actual, String what) {
        if (expected != actual) {
            throw new AssertionError(what + ": expected " + expected + " but was " + actual);
        }
    }

    /** The content of the value, or what else a receive finds, in the numbers of a Recorder. */
    static int tryReceive(Receiver<Box> receiver) {
        try {
            Box box = receiver.tryReceive();
            return box == null ? OPEN : box.content;
        } catch (SenderClosedException closed) {
            return Recorder.CLOSED;
        } catch (CompletionException failed) {
            return Recorder.FAILED;
        }
    }

    /** Called exactly once, with the outcome. */
    static void checkCalled(Recorder callback, int outcome, String who) {
        checkEquals(1, callback.takeCalls(), "calls of " + who);
        checkEquals(outcome, callback.outcome(), "outcome of " + who);
    }

    static void checkNotCalled(Recorder callback, String who) {
        checkEquals(0, callback.takeCalls(), "calls of " + who);
    }
}
