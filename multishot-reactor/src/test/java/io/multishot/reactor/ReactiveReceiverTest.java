package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.multishot.Receiver;
import io.multishot.Sender;
import org.junit.jupiter.api.Test;
import reactor.core.Scannable.Attr;

/** The receiver as an object: how it is made, described, scanned and disposed. */
class ReactiveReceiverTest {
    private final Receiver<String> receiver = new Receiver<>();
    private final ReactiveReceiver<String> reactive = ReactiveReceiver.from(receiver);

    @Test
    @SuppressWarnings("NullAway") // the point
    void from_null_isRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> ReactiveReceiver.from(null))
                .withMessage("receiver");
    }

    @Test
    @SuppressWarnings("NullAway") // the point
    void exchange_nullRequest_isRefusedAtAssembly() {
        assertThatNullPointerException()
                .isThrownBy(() -> reactive.exchange(null))
                .withMessage("request");
    }

    @Test
    void from_receiver_sharesItsRounds() {
        RecordingSubscriber<String> subscriber = RecordingSubscriber.unbounded();

        receiver.sender().send("value");
        reactive.receive().subscribe(subscriber);

        subscriber.expectValue("value");
    }

    @Test
    void create_twice_makesChannelsOfTheirOwn() {
        ReactiveReceiver<String> one = ReactiveReceiver.create();
        ReactiveReceiver<String> other = ReactiveReceiver.create();

        one.dispose();

        assertThat(other.isDisposed()).isFalse();
    }

    @Test
    void toString_throughARound_namesItsState() {
        RecordingSubscriber<String> subscriber = RecordingSubscriber.unbounded();
        assertThat(reactive).hasToString("ReactiveReceiver[no round yet]");

        Sender<String> sender = receiver.sender();
        assertThat(reactive).hasToString("ReactiveReceiver[open]");

        reactive.receive().subscribe(subscriber);
        assertThat(reactive).hasToString("ReactiveReceiver[open, a receive waits]");

        sender.send("value");
        assertThat(reactive).hasToString("ReactiveReceiver[over]");

        reactive.dispose();
        assertThat(reactive).hasToString("ReactiveReceiver[closed]");
    }

    @Test
    void dispose_onceOrTwice_closesTheReceiver() {
        Sender<String> sender = receiver.sender();
        assertThat(reactive.isDisposed()).isFalse();

        reactive.dispose();

        assertThat(reactive.isDisposed()).isTrue();
        assertThat(receiver.isClosed()).isTrue();
        assertThat(sender.isOpen()).isFalse();
        assertThat(sender.send("late")).isFalse();
        reactive.dispose();
        assertThat(reactive.isDisposed()).isTrue();
    }

    @Test
    void scan_beforeAndAfterDispose_tellsTermination() {
        assertThat(reactive.isScanAvailable()).isTrue();
        assertThat(reactive.scan(Attr.TERMINATED)).isFalse();
        assertThat(reactive.scan(Attr.RUN_STYLE)).isEqualTo(Attr.RunStyle.ASYNC);
        assertThat(reactive.scan(Attr.PARENT)).isNull();

        reactive.dispose();

        assertThat(reactive.scan(Attr.TERMINATED)).isTrue();
    }
}
