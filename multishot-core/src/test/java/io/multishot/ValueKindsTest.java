package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.multishot.testkit.Task;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values whose class means something to the channel itself travel like any other. */
class ValueKindsTest {
    private final Receiver<Object> receiver = new Receiver<>();
    private final Sender<Object> sender = receiver.sender();
    private final RecordingCallback<Object> callback = new RecordingCallback<>();

    static Stream<Named<Object>> values() {
        Receiver<String> other = new Receiver<>();
        Sender<String> otherSender = other.sender();
        RecordingCallback<String> waiting = new RecordingCallback<>();
        other.receive(waiting);
        return Stream.of(
                named("a string", "a"),
                named("a callback", new RecordingCallback<>()),
                named("a callback that waits elsewhere", waiting),
                named("a bare handler", new FutureReceive<>(new Receiver<>()).handler()),
                named("a receiver", new Receiver<>()),
                named("a receiver with a waiting callback", other),
                named("a closed receiver", closedReceiver()),
                named("a sender", otherSender),
                named("an exception", new RuntimeException("value")),
                named("a SenderClosedException", new SenderClosedException()),
                named("a CompletionException", new CompletionException(new RuntimeException("value"))),
                named("an error", new AssertionError("value")),
                named("an incomplete future", new CompletableFuture<>()),
                named("a failed future", CompletableFuture.failedFuture(new RuntimeException("value"))),
                named("a receive as a future", new FutureReceive<>(new Receiver<>())));
    }

    private static Receiver<Object> closedReceiver() {
        Receiver<Object> closed = new Receiver<>();
        closed.close();
        return closed;
    }

    @ParameterizedTest
    @MethodSource("values")
    void receive_valueFirst_everyFormGetsTheValueItself(Object value) throws InterruptedException {
        assertThat(sender.send(value)).isTrue();
        assertThat(sender.isOpen()).isFalse();
        receiver.receive(callback);
        callback.expectValue(value);

        receiver.sender().send(value);
        assertThat(receiver.tryReceive()).isSameAs(value);

        receiver.sender().send(value);
        assertThat(receiver.receive()).isSameAs(value);

        receiver.sender().send(value);
        assertThat(receiver.receiveAsync().join()).isSameAs(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void receive_waiterFirst_everyFormGetsTheValueItself(Object value) throws Exception {
        receiver.receive(callback);
        assertThat(sender.send(value)).isTrue();
        callback.expectValue(value);
        assertThat(sender.isOpen()).isFalse();

        Sender<Object> next = receiver.sender();
        Task<Object> receive = Task.start(receiver::receive).awaitParkedAt(receiver);
        next.send(value);
        assertThat(receive.result()).isSameAs(value);

        Sender<Object> last = receiver.sender();
        CompletableFuture<Object> future = receiver.receiveAsync();
        last.send(value);
        assertThat(future.join()).isSameAs(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void send_valueUnread_isDiscardedAndReleasedLikeAnyOther(Object value) {
        sender.send(value);

        Sender<Object> next = receiver.sender();
        next.send(value);
        receiver.close();

        assertThat(sender.stateAcquire()).isSameAs(Outcome.TAKEN);
        assertThat(next.stateAcquire()).isSameAs(Outcome.REVOKED);
    }
}
