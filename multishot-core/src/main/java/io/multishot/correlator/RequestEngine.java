package io.multishot.correlator;

import io.multishot.OutcomeHandler;
import io.multishot.internal.SaturatingNanos;
import io.multishot.internal.UncaughtExceptions;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The protocol of a {@link Correlator}: opens requests in slots, and ends them. */
final class RequestEngine<T> implements RequestOwner<T> {
    /*
     * Overview. Whether a request is in flight is decided in its Pending (see there); the table only leads to it. A
     * slot is in turn free, owned by the thread that opens a request in it, published with a request, owned by the
     * thread that ended that request, free again. The order of the steps is what matters:
     *
     *   open    read `control` | ensure the timer | take a slot | bind the callback | publish the request |
     *           let it begin | lower the bounds | ensure the timer | read `control`
     *   end     end the request | count | take it out of the slot | free the slot | call the handler | drain the queue
     *   close   change `control` | read all slots
     *
     * A callback is called when its slot is free, and may hold another request already.
     */
    private static final VarHandle CONTROL = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "control", VarHandle.class, RequestEngine.class, long.class);

    /** Of `control`: the correlator is closed. The bits above count the calls of failAll and close. */
    private static final long CLOSED = 1;

    private static final int EPOCH_SHIFT = 1;

    private final Counters counters = new Counters();
    private final SlotTable<T> table;
    private final AdmissionQueue<T> queue;
    private final DeadlineSweeper<T> sweeper;
    private final ElapsedTime time;
    private final @Nullable LeakReporter leaks;

    /** Null if the caller sweeps. */
    private final @Nullable Timekeeper<T> timekeeper;

    @SuppressWarnings("unused") // by CONTROL only
    private volatile long control;

    RequestEngine(CorrelatorBuilder settings) {
        TicketLayout layout = TicketLayout.of(TicketLayout.MAX_BITS, settings.capacity);
        table = new SlotTable<>(settings.capacity, layout, settings.leakReporter != null, this, counters);
        queue = new AdmissionQueue<>(settings.maxWaiting, table, this::openWaiting);
        sweeper = new DeadlineSweeper<>(table);
        DeadlineTimer timer = settings.timer;
        time = new ElapsedTime(timer == null ? settings.timeSource() : timer::nanoTime);
        leaks = settings.leakReporter == null
                ? null
                : new LeakReporter(settings.leakReporter, SaturatingNanos.of(settings.leakThreshold));
        timekeeper = timer == null
                ? null
                : new Timekeeper<>(settings, timer, table, queue, sweeper, time, leaks, this::refuseWaiting);
    }

    // ---- open -------------------------------------------------------------------------------------------------------

    /** Opens a request, with a handler that waits in it if there is one; the timeout is in nanoseconds. */
    Pending<T> open(long timeout, @Nullable OutcomeHandler<? super T> handler) {
        requireOpen();
        if (handler != null) {
            Pending.requireIdle(handler);
        }
        long now = timeOf(timeout);
        long deadline = SaturatingNanos.later(now, timeout);
        ensureTimer(deadline, now); // if this throws, nothing happened
        int address = queue.isEmpty() ? table.take() : StripedFreeList.NONE;
        if (address == StripedFreeList.NONE) {
            counters.countRefusedRequest();
            throw fullNow();
        }
        return openIn(address, now, deadline, handler);
    }

    /** Opens a request once it has a slot; times in nanoseconds. */
    void open(long timeout, long maxWait, SlotRequest<T> request) {
        requireOpen();
        if (!request.begin(queue, timeout, maxWait == 0 ? 0 : SaturatingNanos.later(time.now(), maxWait))) {
            return; // cancelled before
        }
        int address = queue.isEmpty() ? table.take() : StripedFreeList.NONE;
        if (address != StripedFreeList.NONE) {
            if (request.claim()) {
                openWaiting(address, request);
            } else {
                giveBack(address);
            }
        } else if (maxWait == 0 || !enterQueue(request)) {
            if (request.claim()) {
                refuse(request, fullNow());
            }
        } else {
            try {
                ensureTimer(request.waitsUntil(), time.now());
                repairTimer();
            } catch (Throwable thrown) {
                if (request.cancel()) {
                    throw thrown;
                } // else it has a slot already, or was refused
            }
            queue.drain();
            if (isClosed()) {
                queue.clear(each -> refuse(each, closedWhileWaiting()));
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
    private Pending<T> openIn(int address, long now, long deadline, @Nullable OutcomeHandler<? super T> handler) {
        Pending<T> request = publish(address, now, deadline, handler);
        VarHandle.fullFence(); // what others see of the request is ordered before the reads of bounds and control
        if (deadline != DeadlineWord.NEVER) {
            sweeper.watch(request, deadline);
        }
        ensureTimerOf(request, deadline, now);
        if (isClosed()) {
            end(request, Ending.ABORTED, closedException(request)); // close() may not have found this request
        }
        return request;
    }

    private Pending<T> publish(int address, long now, long deadline, @Nullable OutcomeHandler<? super T> handler) {
        Chunk<T> chunk = table.chunkOf(address);
        int slot = Chunk.slotOf(address);
        Pending<T> request;
        try {
            long epoch = control >>> EPOCH_SHIFT;
            request = chunk.nextRequest(slot);
            OpeningTrace trace = leaks == null ? null : new OpeningTrace();
            if (handler != null) {
                request.bindTo(handler);
            }
            chunk.occupy(slot, request, epoch, now, deadline, trace);
        } catch (Throwable thrown) {
            giveBack(address);
            throw thrown;
        }
        request.begin(handler);
        return request;
    }

    /** Opens a request for the first in the queue. */
    private void openWaiting(int address, SlotRequest<T> waiting) {
        Pending<T> request;
        try {
            request = openIn(address, waiting.timeout());
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

    private Pending<T> openIn(int address, long timeout) {
        long now;
        long deadline;
        try {
            now = timeOf(timeout);
            deadline = SaturatingNanos.later(now, timeout);
            ensureTimer(deadline, now);
        } catch (Throwable thrown) {
            giveBack(address);
            throw thrown;
        }
        return openIn(address, now, deadline, null);
    }

    private void refuseWaiting(SlotRequest<T> request) {
        refuse(request, full());
    }

    private void refuse(SlotRequest<T> request, Throwable cause) {
        counters.countRefusedRequest();
        try {
            request.onRefused(cause);
        } catch (Throwable thrown) {
            UncaughtExceptions.report(thrown);
        }
    }

    private void giveBack(int address) {
        table.giveBack(address);
        serve();
    }

    /** Returns the time of an opening; to a second if it has no deadline. */
    private long timeOf(long timeout) {
        return timeout == DeadlineWord.NEVER && timekeeper != null ? timekeeper.roughTime() : time.now();
    }

    private void ensureTimer(long deadline, long now) {
        if (timekeeper != null) {
            timekeeper.ensure(deadline, now);
        }
    }

    private void repairTimer() {
        if (timekeeper != null) {
            timekeeper.repair();
        }
    }

    /** The wake-up that was ensured before may have come meanwhile, and found no request. */
    private void ensureTimerOf(Pending<T> request, long deadline, long now) {
        try {
            ensureTimer(deadline, now);
        } catch (Throwable thrown) {
            if (request.takeBack()) {
                table.retire(request, Ending.UNOPENED);
                serve();
                throw thrown;
            }
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
        return replied(request, Ending.DELIVERED, outcome, request.end(Ending.DELIVERED, outcome));
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
        return replied(request, Ending.FAILED, outcome, request.end(Ending.FAILED, outcome));
    }

    private ReplyResult replied(Pending<T> request, Ending ending, Object outcome, @Nullable Object replaced) {
        if (replaced == null) {
            return refuseReply(request.refusal());
        }
        finish(request, ending, Pending.handlerOf(replaced), outcome);
        return ReplyResult.DELIVERED;
    }

    /** Counts a reply that ends no request. */
    ReplyResult refuseReply(ReplyResult reason) {
        return counters.countRefusedReply(reason);
    }

    /** Ends a request without a reply; false if it was over. */
    private boolean end(Pending<T> request, Ending ending, Throwable cause) {
        Object outcome = Pending.ofFailure(cause);
        Object replaced = request.end(ending, outcome);
        if (replaced == null) {
            return false;
        }
        finish(request, ending, Pending.handlerOf(replaced), outcome);
        return true;
    }

    @Override
    public void cancelled(Pending<T> request, @Nullable OutcomeHandler<? super T> handler) {
        finish(request, Ending.CANCELLED, handler, Pending.ofCancel());
    }

    /**
     * Does what follows when a request has ended. The slot is free before the handler is called, which may open the
     * next request from inside.
     */
    private void finish(
            Pending<T> request, Ending ending, @Nullable OutcomeHandler<? super T> handler, Object outcome) {
        table.retire(request, ending);
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

    /** Gives a request another deadline. */
    ReplyResult extend(long ticket, long timeout) {
        Object found = table.find(ticket);
        if (!(found instanceof Pending<?>)) {
            return refuseReply((ReplyResult) found);
        }
        Pending<T> request = request(found);
        long now = time.now();
        long deadline = SaturatingNanos.later(now, timeout);
        ensureTimer(deadline, now);
        if (!sweeper.extend(request, deadline, now)) {
            return refuseReply(request.isInFlight() ? ReplyResult.LATE : request.refusal());
        }
        ensureTimer(deadline, now);
        return request.isInFlight() ? ReplyResult.DELIVERED : refuseReply(request.refusal());
    }

    /** Ends every request that was opened before, and every wait for a slot; returns how many. */
    int failAll(Supplier<? extends Throwable> cause) {
        long epoch = (long) CONTROL.getAndAdd(this, 1L << EPOCH_SHIFT) >>> EPOCH_SHIFT;
        return endAll(epoch, request -> made(cause), () -> made(cause));
    }

    /** Returns the cause that the user's code makes, or what it throws instead: every request must end. */
    private static Throwable made(Supplier<? extends Throwable> cause) {
        try {
            return Objects.requireNonNull(cause.get(), "the supplier of the cause returned null");
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    void close() {
        long before = (long) CONTROL.getAndBitwiseOr(this, CLOSED);
        if ((before & CLOSED) == 0) {
            try {
                endAll(Long.MAX_VALUE, RequestEngine::closedException, RequestEngine::closedWhileWaiting);
            } finally {
                if (timekeeper != null) {
                    timekeeper.close();
                }
            }
        }
    }

    /** Ends the requests of this epoch and earlier ones. */
    private int endAll(long epoch, Function<Pending<T>, Throwable> cause, Supplier<Throwable> causeOfRefusal) {
        ExceptionCollector ended = new ExceptionCollector();
        queue.clear(each -> ended.runCounted(() -> {
            refuse(each, causeOfRefusal.get());
            return true;
        }));
        for (Chunk<T> chunk : table.chunks()) {
            for (int slot = 0; slot < chunk.size(); slot++) {
                Pending<T> request = chunk.requestVolatile(slot);
                if (request != null && chunk.epoch(slot) <= epoch && chunk.requestAcquire(slot) == request) {
                    ended.runCounted(() -> request.isInFlight() && end(request, Ending.ABORTED, cause.apply(request)));
                }
            }
        }
        return ended.result();
    }

    boolean isClosed() {
        return (control & CLOSED) != 0;
    }

    int expire() {
        return expire(time.sourceTime());
    }

    /** Ends what is due at the time that the clock's {@code nanoTime} stands for; returns how many requests. */
    int expire(long nanoTime) {
        long elapsed = time.at(nanoTime);
        Handover.Queue handlers = new Handover.Queue();
        ExceptionCollector ended = new ExceptionCollector();
        try {
            ended.count(sweeper.sweep(elapsed, handlers::add));
            serve();
            queue.expire(elapsed, this::refuseWaiting);
            if (leaks != null) {
                leaks.check(table, elapsed, Runnable::run);
            }
        } finally {
            for (Handover handler = handlers.poll(); handler != null; handler = handlers.poll()) {
                ended.run(handler);
            }
            serve();
            if (timekeeper != null) {
                timekeeper.ensureEarliest();
            }
        }
        return ended.result();
    }

    @Override
    public long nanosToDeadline(Pending<T> request) {
        // The thread that ended the request is about to tell the receive.
        if (timekeeper == null || !timekeeper.isOfTheSystem() || !request.isInFlight()) {
            return Long.MAX_VALUE;
        }
        long deadline = DeadlineSweeper.deadlineOf(request);
        return deadline == DeadlineWord.NEVER ? Long.MAX_VALUE : Math.max(0, deadline - time.now());
    }

    @Override
    public void endIfDue(Pending<T> request) {
        long timeout = DeadlineSweeper.fire(request, time.now());
        if (timeout >= 0) {
            end(request, Ending.TIMED_OUT, new ExpiredException(request.ticket(), timeout));
        }
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

    private void requireOpen() {
        if (isClosed()) {
            throw new CorrelatorClosedException("this correlator is closed: no further request can be opened");
        }
    }

    private static CorrelatorClosedException closedException(Pending<?> request) {
        return new CorrelatorClosedException(
                "the correlator was closed before request " + Ticket.toHex(request.ticket()) + " was answered");
    }

    private static CorrelatorClosedException closedWhileWaiting() {
        return new CorrelatorClosedException("the correlator was closed while the request waited for a slot");
    }

    /** Returns the exception, and makes up for a wake-up that was lost: what is due would hold its slots for ever. */
    private CorrelatorFullException fullNow() {
        CorrelatorFullException full = full();
        try {
            repairTimer();
        } catch (Throwable refused) {
            full.initCause(refused); // by the timer
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
