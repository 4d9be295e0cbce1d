package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Scenario.VALUE;
import static io.multishot.tck.modelcheck.Scenario.check;
import static io.multishot.tck.modelcheck.Scenario.checkEquals;
import static io.multishot.tck.modelcheck.Scenario.join;
import static io.multishot.tck.modelcheck.Scenario.start;
import static io.multishot.tck.modelcheck.Scenario.tryReceive;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import io.multishot.tck.modelcheck.Scenario.Ending;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** A thread that parks: it is woken, and loses nothing by a timeout or an interrupt. */
final class BlockingScenarios {
    private static final int TIMED_OUT = -3;
    private static final int INTERRUPTED = -4;

    private BlockingScenarios() {}

    /** Woken by the ending. */
    static void ending(String ending) {
        Ending how = Ending.valueOf(ending);
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Thread thread = start(() -> check(how.end(sender), "refused"));
        checkEquals(how.outcome, receive(receiver, null), "received");
        join(thread);
    }

    /** Woken by a revoke or a close of the receiver from another thread. */
    static void receivingSide(boolean close) {
        Receiver<Box> receiver = new Receiver<>();
        receiver.sender();
        Thread thread = start(() -> {
            if (close) {
                receiver.close();
            } else {
                check(receiver.revoke(), "nothing to revoke");
            }
        });
        checkEquals(Recorder.CLOSED, receive(receiver, null), "received");
        join(thread);
    }

    /** The value, or the end of the time and the value still there. */
    static void timeout() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Thread thread = start(() -> check(sender.send(new Box(VALUE)), "refused"));
        int received = receive(receiver, Duration.ofNanos(100));
        join(thread);
        if (received == TIMED_OUT) {
            checkEquals(VALUE, tryReceive(receiver), "the next receive");
        } else {
            checkEquals(VALUE, received, "received");
            checkEquals(Recorder.CLOSED, tryReceive(receiver), "the next receive");
        }
    }

    /** The value, or the interrupt and the value still there; and the interrupt is not swallowed. */
    static void interrupt() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Thread waiting = Thread.currentThread();
        Thread sending = start(() -> check(sender.send(new Box(VALUE)), "refused"));
        Thread interrupting = start(waiting::interrupt);
        int received = receive(receiver, null);
        if (received == INTERRUPTED) {
            join(sending, interrupting);
            checkEquals(VALUE, tryReceive(receiver), "the next receive");
            check(!Thread.currentThread().isInterrupted(), "still interrupted after the exception");
        } else {
            checkEquals(VALUE, received, "received");
            checkEquals(Recorder.CLOSED, tryReceive(receiver), "the next receive");
            while (!Thread.interrupted()) { // the interrupt came after, or was kept: it must not be lost
                Thread.onSpinWait();
            }
            join(sending, interrupting);
        }
    }

    /**
     * The same with one thread that interrupts and then sends: an interrupt that comes too late is there afterwards.
     */
    static void interruptAndSend() {
        Receiver<Box> receiver = new Receiver<>();
        Sender<Box> sender = receiver.sender();
        Thread waiting = Thread.currentThread();
        Thread thread = start(() -> {
            waiting.interrupt();
            check(sender.send(new Box(VALUE)), "refused");
        });
        int received = receive(receiver, null);
        boolean interrupted = Thread.interrupted();
        join(thread);
        if (received == INTERRUPTED) {
            checkEquals(VALUE, tryReceive(receiver), "the next receive");
        } else {
            checkEquals(VALUE, received, "received");
            check(interrupted, "the interrupt was swallowed");
            checkEquals(Recorder.CLOSED, tryReceive(receiver), "the next receive");
        }
    }

    /** A thread that waits for the outcome of a request. */
    static void request(String ending) {
        Requests.Ending how = Requests.Ending.valueOf(ending);
        Correlator<Box> correlator = Requests.correlator(1);
        Pending<Box> request = Requests.due(correlator);
        Thread thread = start(() -> how.end(correlator, request));
        checkEquals(how.outcome, Requests.receive(request), "received");
        join(thread);
        Requests.checkBooks(correlator, 0);
    }

    private static int receive(Receiver<Box> receiver, Duration timeout) {
        try {
            return (timeout == null ? receiver.receive() : receiver.receive(timeout)).content;
        } catch (SenderClosedException closed) {
            return Recorder.CLOSED;
        } catch (CompletionException failed) {
            return Recorder.FAILED;
        } catch (TimeoutException late) {
            return TIMED_OUT;
        } catch (InterruptedException interrupted) {
            return INTERRUPTED;
        }
    }
}
