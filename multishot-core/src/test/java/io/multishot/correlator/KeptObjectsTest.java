package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Callback;
import io.multishot.Reaction;
import io.multishot.RecordingCallback;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user keeps of a request that is over keeps its outcome reachable, and not the correlator's table. */
class KeptObjectsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private Correlator<String> correlator = newCorrelator();
    private final List<Object> kept = new ArrayList<>();

    private static Correlator<String> newCorrelator() {
        return Correlator.builder(4).sweepByCaller().build();
    }

    /** How a request ends. */
    enum End {
        REPLY,
        FAILURE,
        CANCEL,
        DEADLINE,
        FAIL_ALL,
        CLOSE;

        void of(Correlator<String> correlator, Pending<String> request) {
            switch (this) {
                case REPLY -> correlator.complete(request.ticket(), "a");
                case FAILURE -> correlator.fail(request.ticket(), new RuntimeException());
                case CANCEL -> request.cancel();
                case DEADLINE -> correlator.expire(System.nanoTime() + HOUR.toNanos() * 2);
                case FAIL_ALL -> correlator.failAll(RuntimeException::new);
                case CLOSE -> correlator.close();
            }
        }
    }

    /** Forgets the correlator, and waits until it is garbage-collected. */
    private void expectTableGone() throws InterruptedException {
        WeakReference<Object> table = new WeakReference<>(Tables.of(correlator));
        WeakReference<Object> chunk = new WeakReference<>(Tables.firstChunk(correlator));
        correlator = newCorrelator();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while ((table.get() != null || chunk.get() != null) && System.nanoTime() - deadline < 0) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(table.get()).as("the table, with %s kept", kept).isNull();
        assertThat(chunk.get()).as("the chunk, with %s kept", kept).isNull();
        assertThat(kept).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void future_requestIsOver_doesNotKeepTheTable(End end) throws Exception {
        Pending<String> request = correlator.open(HOUR);
        kept.add(request.receiveAsync());
        end.of(correlator, request);
        request = null;

        expectTableGone();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void callback_requestIsOver_doesNotKeepTheTable(End end) throws Exception {
        RecordingCallback<String> callback = new RecordingCallback<>();
        kept.add(callback);
        end.of(correlator, correlator.open(HOUR, callback));

        expectTableGone();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void outcome_requestIsOver_doesNotKeepTheTable(End end) throws Exception {
        for (int i = 0; i < 3; i++) {
            end.of(correlator, correlator.open(HOUR, new Reaction<>(kept::add)));
            if (correlator.isClosed()) {
                break;
            }
        }

        expectTableGone();
    }

    @Test
    void callback_waitWasCancelledOrRevoked_doesNotKeepTheTable() throws Exception {
        for (boolean revoke : new boolean[] {true, false}) {
            Callback<String> callback = new RecordingCallback<>();
            kept.add(callback);
            correlator.open(HOUR, callback);
            assertThat(revoke ? callback.revoke() : callback.cancel()).isTrue();
        }

        expectTableGone();
    }

    @Test
    void future_completedFromOutside_doesNotKeepTheTable() throws Exception {
        var completed = correlator.open(HOUR).receiveAsync();
        var cancelled = correlator.open(HOUR).receiveAsync();
        completed.complete("b");
        cancelled.cancel(false);
        kept.add(completed);
        kept.add(cancelled);

        expectTableGone();
    }

    @Test
    void slotRequest_openedRefusedOrCancelled_doesNotKeepTheTable() throws Exception {
        SilentSlotRequest opened = new SilentSlotRequest();
        SilentSlotRequest served = new SilentSlotRequest();
        SilentSlotRequest cancelled = new SilentSlotRequest();
        SilentSlotRequest refused = new SilentSlotRequest();
        correlator.open(null, HOUR, opened);
        for (int i = 0; i < 2; i++) {
            correlator.open();
        }
        Pending<String> last = correlator.open();
        correlator.open(null, HOUR, served);
        correlator.open(null, HOUR, cancelled);
        correlator.open(null, HOUR, refused);
        last.cancel();
        last = null;
        assertThat(cancelled.cancel()).isTrue();
        assertThat(correlator.failAll(RuntimeException::new)).isEqualTo(5);
        assertThat(opened.calls + served.calls + refused.calls).isEqualTo(3);
        kept.addAll(List.of(opened, served, cancelled, refused));

        expectTableGone();
    }

    /** Keeps nothing of its own. */
    private static final class SilentSlotRequest extends SlotRequest<String> {
        int calls;

        @Override
        protected void onOpened(Pending<String> pending) {
            calls++;
        }

        @Override
        protected void onRefused(Throwable cause) {
            calls++;
        }
    }

    /** The handlers of what was due were a list, linked through the causes. */
    @Test
    void cause_ofADeadline_doesNotKeepThoseOfOthers() throws Exception {
        List<Object> causes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            correlator.open(HOUR, new Reaction<>(causes::add));
        }
        End.DEADLINE.of(correlator, correlatorRequest());
        assertThat(causes).hasSize(4);
        kept.add(causes.get(0));
        WeakReference<Object> last = new WeakReference<>(causes.get(3));
        causes.clear();

        expectTableGone();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (last.get() != null && System.nanoTime() - deadline < 0) {
            System.gc();
        }
        assertThat(last.get()).isNull();
    }

    private static Pending<String> correlatorRequest() {
        return newCorrelator().open();
    }

    /** The shared timer has a wake-up for it, in an hour. */
    @Test
    void sharedTimer_correlatorIsClosed_doesNotKeepTheTable() throws Exception {
        correlator = Correlator.withCapacity(4);
        correlator.open(HOUR);
        correlator.open();
        correlator.close();
        kept.add(DeadlineTimer.shared());

        expectTableGone();
    }
}
