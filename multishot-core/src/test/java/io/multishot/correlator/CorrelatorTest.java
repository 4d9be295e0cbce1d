package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Receiver;
import io.multishot.RecordingCallback;
import io.multishot.testkit.Nothing;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Replying to a request, and closing the correlator. */
class CorrelatorTest {
    private final AtomicLong clock = new AtomicLong();
    private final Correlator<Object> correlator =
            Correlator.builder(2).timeSource(clock::get).sweepByCaller().build();
    private final RecordingCallback<Object> callback = new RecordingCallback<>();

    @Test
    void complete_otherRequestsInFlight_leavesThemAlone() {
        Pending<Object> first = correlator.open();
        Pending<Object> second = correlator.open();

        correlator.complete(second.ticket(), "b");

        assertThat(first.tryReceive()).isNull();
        assertThat(second.tryReceive()).isEqualTo("b");
        assertThat(correlator.inFlight()).isEqualTo(1);
    }

    /** What the states of a request would be mistaken for. */
    @Test
    void complete_valueThatLooksLikeAState_isReceivedAsAnyOther() {
        for (Object value : new Object[] {
            callback,
            new Receiver<>(),
            correlator.open(),
            ReplyResult.LATE,
            ReplyResult.DUPLICATE,
            new Object(),
            correlator
        }) {
            Pending<Object> pending = correlator.open();
            correlator.complete(pending.ticket(), value);
            assertThat(pending.tryReceive()).isSameAs(value);

            RecordingCallback<Object> waiting = new RecordingCallback<>();
            Pending<Object> next = correlator.open(null, waiting);
            correlator.complete(next.ticket(), value);
            waiting.expectValue(value);
        }
    }

    @Test
    void reply_null_throwsAndTheRequestGoesOn() {
        Pending<Object> pending = correlator.open();
        long ticket = pending.ticket();
        Object noValue = Nothing.asA();
        Throwable noCause = Nothing.asA();

        assertThatNullPointerException().isThrownBy(() -> correlator.complete(ticket, noValue));
        assertThatNullPointerException().isThrownBy(() -> correlator.fail(ticket, noCause));
        for (String text : List.of(Ticket.toHex(ticket), "garbage")) {
            assertThatNullPointerException().isThrownBy(() -> correlator.complete(text, noValue));
            assertThatNullPointerException().isThrownBy(() -> correlator.fail(text, noCause));
        }
        for (byte[] bytes : List.of(Ticket.toBytes(ticket), new byte[1])) {
            assertThatNullPointerException().isThrownBy(() -> correlator.complete(bytes, noValue));
            assertThatNullPointerException().isThrownBy(() -> correlator.fail(bytes, noCause));
        }
        assertThatNullPointerException().isThrownBy(() -> correlator.failAll(noCause));

        assertThat(pending.tryReceive()).isNull();
        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(correlator.complete(ticket, "a")).isEqualTo(ReplyResult.DELIVERED);
    }

    @Test
    void close_requestsInFlight_endsThemAsClosed() {
        correlator.open(null, callback);
        Pending<Object> pending = correlator.open();
        assertThat(correlator.isClosed()).isFalse();

        correlator.close();
        correlator.close();

        assertThat(correlator.isClosed()).isTrue();
        assertThat(correlator.inFlight()).isZero();
        assertThat(callback.calls()).isEqualTo(1);
        assertThatThrownBy(pending::tryReceive)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(CorrelatorClosedException.class)
                .hasMessageContaining("closed");
        assertThat(correlator.complete(pending.ticket(), "late")).isEqualTo(ReplyResult.LATE);
    }

    @Test
    void toString_openAndClosed_tellsHowFull() {
        correlator.open();
        assertThat(correlator).hasToString("Correlator[1 of 2 in flight]");
        correlator.close();
        assertThat(correlator).hasToString("Correlator[closed, 0 of 2 in flight]");
    }
}
