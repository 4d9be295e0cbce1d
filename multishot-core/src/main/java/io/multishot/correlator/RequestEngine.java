package io.multishot.correlator;

import io.multishot.OutcomeHandler;
import io.multishot.internal.SaturatingNanos;
import io.multishot.internal.UncaughtExceptions;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The protocol of a {@link Correlator}: opens requests in slots, and ends them. */
final class RequestEngine<T> implements RequestOwner<T> {
    /*
     * Overview. Whether a request is in flight is decided in its Pending (see there); the table only leads to it. A
     * slot is in turn free, owned by the thread that opens a request in it, published with a request, owned by the
     * thread that ended that request, free again. The order of the steps is what matters:
     *
     *   open    take a slot | arm the sweeper | bind the callback | publish the request | let it begin | read `closed`
     *   end     end the request | count | take it out of the slot | free the slot | call the handler | drain the queue
     *   close   set `closed` | read all slots
     *
     * A callback is called when its slot is free, and may hold another request already.
     */
    private static final VarHandle CLOSED = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "closed", VarHandle.class, RequestEngine.class, boolean.class);

    private final SlotTable<T> table;
    private final AdmissionQueue<T> queue;
    private final Counters counters = new Counters();
    private final ElapsedTime time;
    private final @Nullable DeadlineSweeper sweeper;
    private final @Nullable LeakReporter leaks;

    private volatile boolean closed;

    RequestEngine(CorrelatorBuilder settings) {
        table = new SlotTable<>(settings.capacity, this);
        queue = new AdmissionQueue<>(settings.maxWaiting, table, this::openWaiting);
        time = new ElapsedTime(settings.timeSource);
        sweeper = settings.timer == null
                ? null
                : new DeadlineSweeper(this::expire, this::isIdle, settings.timer, settings.resolution);
        leaks = settings.leakReporter == null
                ? null
                : new LeakReporter(settings.leakReporter, SaturatingNanos.of(settings.leakThreshold));
    }

    // ---- open -------------------------------------------------------------------------------------------------------

    /** Opens a request, with a handler that waits in it if there is one; the timeout is in nanoseconds. */
    Pending<T> open(long timeout, @Nullable OutcomeHandler<? super T> handler) {
        requireNotClosed();
        if (handler != null) {
            Pending.requireIdle(handler);
        }
        Slot<T> slot = queue.isEmpty() ? table.take() : null;
        if (slot == null) {
            counters.countRefusedRequest();
            throw armedAndFull();
        }
        return openIn(slot, timeout, handler);
    }

    /** Opens a request once it has a slot; times in nanoseconds. */
    void open(long timeout, long maxWait, SlotRequest<T> request) {
        requireNotClosed();
        if (!request.begin(queue, timeout, maxWait == 0 ? 0 : SaturatingNanos.later(time.now(), maxWait))) {
            return; // cancelled before
        }
        Slot<T> slot = queue.isEmpty() ? table.take() : null;
        if (slot != null) {
            if (request.claim()) {
                openWaiting(slot, request);
            } else {
                giveBack(slot);
            }
        } else if (maxWait == 0 || !enterQueue(request)) {
            if (request.claim()) {
                refuse(request, full());
            }
        } else {
            try {
                armSweeper();
            } catch (Throwable thrown) {
                if (request.cancel()) {
                    throw thrown;
                } // else it has a slot already, or was refused
            }
            queue.drain();
            if (closed) {
                queue.clear(each -> refuse(each, closedException()));
            }
        }
    }

    /** If the queue is full, slots may have become free that no thread gave out yet. */
    private boolean enterQueue(SlotRequest<T> request) {
        if (queue.enter(request)) {
            return true;
        }
        queue.drain();
        return queue.enter(request);
    }

    /** Opens a request in a slot that the caller took; if that fails, the slot is given back. */
    private Pending<T> openIn(Slot<T> slot, long timeout, @Nullable OutcomeHandler<? super T> handler) {
        Pending<T> request;
        try {
            armSweeper();
            long now = timeout == Slot.NEVER && leaks == null && isSwept() ? time.cached() : time.now();
            request = slot.nextRequest();
            OpeningTrace trace = leaks == null ? null : new OpeningTrace();
            if (handler != null) {
                request.bindTo(handler);
            }
            slot.occupy(request, now, SaturatingNanos.later(now, timeout), trace);
        } catch (Throwable thrown) {
            giveBack(slot);
            throw thrown;
        }
        request.begin(handler);
        VarHandle.fullFence(); // what others see of the request is ordered before the read of closed
        if (closed) {
            end(slot, request, Ending.ABORTED, closedException()); // close() may not have found this request
        }
        return request;
    }

    /** Opens a request for the first in the queue. */
    private void openWaiting(Slot<T> slot, SlotRequest<T> waiting) {
        Pending<T> request;
        try {
            request = openIn(slot, waiting.timeout(), null);
        } catch (Throwable thrown) {
            refuse(waiting, thrown);
            return;
        }
        try {
            waiting.onOpened(request);
        } catch (Throwable thrown) {
            UncaughtExceptions.report(thrown);
        }
    }

    private void refuse(SlotRequest<T> request, Throwable cause) {
        counters.countRefusedRequest();
        try {
            request.onRefused(cause);
        } catch (Throwable thrown) {
            UncaughtExceptions.report(thrown);
        }
    }

    private void giveBack(Slot<T> slot) {
        table.giveBack(slot);
        serve();
    }

    /** Tells whether the cached time is no older than a resolution. */
    private boolean isSwept() {
        return sweeper != null && sweeper.isArmed();
    }

    private void armSweeper() {
        if (sweeper != null && !sweeper.isArmed()) {
            time.cache(time.now());
            sweeper.arm();
        }
    }

    // ---- end --------------------------------------------------------------------------------------------------------

    /** Ends a request with a value. */
    ReplyResult complete(long ticket, T value) {
        Object found = table.find(ticket);
        if (!(found instanceof Pending<?>)) {
            return refuseReply((ReplyResult) found);
        }
        Pending<T> request = request(found);
        Object outcome = Pending.ofValue(value);
        return replied(ticket, request, Ending.DELIVERED, outcome, request.end(Ending.DELIVERED, outcome));
    }

    /** Ends a request with a failure. */
    ReplyResult fail(long ticket, Throwable cause) {
        Object found = table.find(ticket);
        if (!(found instanceof Pending<?>)) {
            return refuseReply((ReplyResult) found);
        }
        Pending<T> request = request(found);
        if (!request.isInFlight()) { // nothing is made for a request that is over
            return refuseReply(request.refusal());
        }
        Object outcome = Pending.ofFailure(cause);
        return replied(ticket, request, Ending.FAILED, outcome, request.end(Ending.FAILED, outcome));
    }

    private ReplyResult replied(
            long ticket, Pending<T> request, Ending ending, Object outcome, @Nullable Object replaced) {
        if (replaced == null) {
            return refuseReply(request.refusal());
        }
        finish(table.slotOf(ticket), ending, Pending.handlerOf(replaced), outcome);
        return ReplyResult.DELIVERED;
    }

    /** Counts a reply that ends no request. */
    ReplyResult refuseReply(ReplyResult reason) {
        return counters.countRefusedReply(reason);
    }

    /** Ends a request without a reply; false if it was over. */
    private boolean end(Slot<T> slot, Pending<T> request, Ending ending, Throwable cause) {
        Object outcome = Pending.ofFailure(cause);
        Object replaced = request.end(ending, outcome);
        if (replaced == null) {
            return false;
        }
        finish(slot, ending, Pending.handlerOf(replaced), outcome);
        return true;
    }

    @Override
    public void cancelled(Pending<T> request, @Nullable OutcomeHandler<? super T> handler) {
        finish(table.slotOf(request.ticket()), Ending.CANCELLED, handler, Pending.ofCancel());
    }

    /**
     * Does what follows when a request has ended. The slot is free before the handler is called, which may open the
     * next request from inside.
     */
    private void finish(Slot<T> slot, Ending ending, @Nullable OutcomeHandler<? super T> handler, Object outcome) {
        counters.countEnd(ending, slot);
        slot.vacate(ending.furtherReply());
        table.giveBack(slot);
        try {
            if (handler != null) {
                Pending.notify(handler, outcome);
            }
        } finally {
            serve();
        }
    }

    private void serve() {
        if (!queue.isEmpty()) {
            queue.drain();
        }
    }

    /** Ends every request and every wait for a slot; returns how many. */
    int failAll(Throwable cause) {
        ExceptionCollector ended = new ExceptionCollector();
        queue.clear(each -> {
            ended.count(true);
            refuse(each, cause);
        });
        for (Slot<T> slot : table.slots()) {
            Pending<T> request = slot.request();
            if (request != null) {
                ended.run(() -> end(slot, request, Ending.ABORTED, cause));
            }
        }
        return ended.result();
    }

    void close() {
        if (CLOSED.compareAndSet(this, false, true)) {
            failAll(closedException());
        }
    }

    boolean isClosed() {
        return closed;
    }

    int expire() {
        return expire(time.sourceTime());
    }

    /** Ends what is due at the time that the clock's {@code nanoTime} stands for; returns how many requests. */
    int expire(long nanoTime) {
        long elapsed = time.at(nanoTime);
        time.cache(elapsed);
        ExceptionCollector ended = new ExceptionCollector();
        for (Slot<T> slot : table.slots()) {
            Pending<T> request = slot.requestDue(elapsed);
            if (request != null) {
                ended.run(() -> end(slot, request, Ending.TIMED_OUT, timedOut(slot, request)));
            } else if (leaks != null) {
                leaks.check(slot, elapsed);
            }
        }
        if (!queue.isEmpty()) {
            queue.expire(elapsed, each -> refuse(each, full()));
        }
        return ended.result();
    }

    private static TimeoutException timedOut(Slot<?> slot, Pending<?> request) {
        return new TimeoutException(
                "no reply to request " + Ticket.toHex(request.ticket()) + " within " + slot.timeout());
    }

    // ---- observe ----------------------------------------------------------------------------------------------------

    int capacity() {
        return table.capacity();
    }

    int inFlight() {
        return table.inFlight();
    }

    int waiting() {
        return queue.size();
    }

    CorrelatorStatistics statistics() {
        return counters.sum(table, queue.size());
    }

    List<RequestInfo> snapshot() {
        return table.snapshot(time.now());
    }

    /** Tells whether there is nothing that could become due. */
    private boolean isIdle() {
        return table.inFlight() == 0 && queue.isEmpty();
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException("this correlator is closed: no further request can be opened");
        }
    }

    private static CancellationException closedException() {
        return new CancellationException("the correlator was closed");
    }

    /** Retries arming: in a full table no open succeeds, so a failed schedule would never be retried. */
    private CorrelatorFullException armedAndFull() {
        CorrelatorFullException full = full();
        try {
            armSweeper();
        } catch (Throwable thrown) {
            full.addSuppressed(thrown);
        }
        return full;
    }

    private CorrelatorFullException full() {
        int waiting = queue.size();
        return new CorrelatorFullException(table.inFlight() + " of " + table.capacity() + " requests are in flight"
                + (waiting == 0 ? "" : " and " + waiting + " wait for a slot")
                + ": try again later, or raise the capacity");
    }

    @SuppressWarnings("unchecked") // only requests of this correlator are ever published in its slots
    private Pending<T> request(Object found) {
        return (Pending<T>) found;
    }
}
