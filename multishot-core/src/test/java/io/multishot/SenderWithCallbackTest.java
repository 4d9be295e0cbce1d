package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Nothing;
import io.multishot.testkit.Race;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code sender(callback)}: a round that is opened with its callback waiting. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SenderWithCallbackTest {
    private static final int RACES = 5_000;

    private final Receiver<String> receiver = new Receiver<>();
    private final RecordingCallback<String> callback = new RecordingCallback<>();
    private final RecordingCallback<String> second = new RecordingCallback<>();

    @Test
    void sender_opened_callbackWaitsAlready() {
        Sender<String> sender = receiver.sender(callback);

        assertThat(sender.isOpen()).isTrue();
        assertThatThrownBy(() -> receiver.receive(second)).isInstanceOf(IllegalStateException.class);
        assertThat(sender.send("a")).isTrue();
        callback.expectValue("a");
        second.expectNothing();
    }

    @Test
    void sender_callbackCancelled_leavesTheRoundOpen() {
        Sender<String> sender = receiver.sender(callback);

        assertThat(callback.cancel()).isTrue();

        sender.send("a");
        callback.expectNothing();
        assertThat(receiver.tryReceive()).isEqualTo("a");
    }

    @Test
    void sender_outcomeUnread_discardsIt() {
        Sender<String> old = receiver.sender();
        old.send("unread");

        Sender<String> next = receiver.sender(callback);

        callback.expectNothing();
        assertThat(old.round().stateAcquire()).isSameAs(Outcome.TAKEN);
        assertThat(next.send("b")).isTrue();
        callback.expectValue("b");
    }

    @Test
    void sender_lastOneStillLive_throwsAndDisturbsNothing() {
        Sender<String> live = receiver.sender(callback);

        assertThatThrownBy(() -> receiver.sender(second)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> receiver.sender(callback)).isInstanceOf(IllegalStateException.class);

        assertThat(live.send("a")).isTrue();
        callback.expectValue("a");
        second.expectNothing();
    }

    @Test
    void sender_callbackStillWaitsElsewhere_throwsAndOpensNoRound() {
        Receiver<String> other = new Receiver<>();
        Sender<String> otherSender = other.sender(callback);

        assertThatThrownBy(() -> receiver.sender(callback)).isInstanceOf(IllegalStateException.class);

        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
        otherSender.send("a");
        callback.expectValue("a");
    }

    @Test
    void sender_receiverClosed_throwsAndDoesNotCall() {
        receiver.close();

        assertThatThrownBy(() -> receiver.sender(callback)).isInstanceOf(IllegalStateException.class);

        callback.expectNothing();
    }

    @Test
    void sender_nullCallback_throwsAndOpensNoRound() {
        assertThatThrownBy(() -> receiver.sender(Nothing.asA())).isInstanceOf(NullPointerException.class);

        assertThatThrownBy(receiver::tryReceive).isInstanceOf(SenderClosedException.class);
    }

    @Test
    @Tag("race")
    void sender_twoAtOnce_oneOpensTheRound() throws Exception {
        try (Race race = new Race()) {
            for (int i = 0; i < RACES; i++) {
                AtomicInteger refused = new AtomicInteger();
                AtomicReference<Sender<String>> opened = new AtomicReference<>();

                race.together(() -> open(callback, opened, refused), () -> open(second, opened, refused));

                assertThat(refused).hasValue(1);
                assertThat(opened.get().send("a")).isTrue();
                assertThat(callback.calls() + second.calls()).isEqualTo(1);
                callback.reset();
                second.reset();
            }
        }
    }

    private void open(RecordingCallback<String> waiter, AtomicReference<Sender<String>> opened, AtomicInteger refused) {
        try {
            opened.set(receiver.sender(waiter));
        } catch (IllegalStateException e) {
            refused.incrementAndGet();
        }
    }

    @Test
    @Tag("race")
    void sender_racesWithClose_throwsOrEndsAsClosedOnce() throws Exception {
        try (Race race = new Race()) {
            for (int i = 0; i < RACES; i++) {
                Receiver<String> closing = new Receiver<>();
                AtomicReference<Sender<String>> opened = new AtomicReference<>();

                race.together(closing::close, () -> {
                    try {
                        opened.set(closing.sender(callback));
                    } catch (IllegalStateException closedAlready) {
                        callback.expectNothing();
                    }
                });

                if (opened.get() != null) {
                    callback.expectClosed();
                    assertThat(opened.get().isOpen()).isFalse();
                    assertThat(opened.get().send("late")).isFalse();
                }
            }
        }
    }
}
