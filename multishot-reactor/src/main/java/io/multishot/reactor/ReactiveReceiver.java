package io.multishot.reactor;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;

/**
 * The receiving end of a multishot channel for Project Reactor.
 *
 * <p>{@link #exchange} is request and reply in one {@code Mono}: it opens a round, hands its sender to whoever will answer,
 * and signals the answer. {@link #receive} signals the outcome of a round that was opened elsewhere, on the underlying
 * {@link Receiver}.
 *
 * <pre>{@code
 * ReactiveReceiver<String> worker = ReactiveReceiver.create();
 *
 * Mono<String> answer = worker.exchange(sender -> queue.add(new Job("question", sender)))
 *         .timeout(Duration.ofSeconds(1)); // revokes the round: a late answer is refused
 * }</pre>
 *
 * <p><b>Threads.</b> Subscribing, requesting and cancelling are safe on any thread. One subscription waits at a time; a
 * further one ends with {@link IllegalStateException} and disturbs nothing. Signals are emitted on the thread that ends
 * the round, or on the requesting thread if the outcome is already there; {@code publishOn} moves them elsewhere. No
 * operation blocks.
 *
 * <p><b>Values that nobody can take any more</b>, because a cancellation came when they were on their way already or an
 * exchange opens the next round, go to the {@code onDiscard} hook of the subscriber's context, failures to
 * {@code onErrorDropped}. {@link #dispose()} has no subscriber, and releases an unread value without a hook.
 *
 * @param <T> the type of value
 */
public final class ReactiveReceiver<T> implements Disposable, Scannable {
    private final Receiver<T> receiver;

    private ReactiveReceiver(Receiver<T> receiver) {
        this.receiver = receiver;
    }

    /**
     * Creates a channel of its own.
     *
     * @param <T> the type of value
     * @return the receiving end of a new channel
     */
    public static <T> ReactiveReceiver<T> create() {
        return new ReactiveReceiver<>(new Receiver<>());
    }

    /**
     * Wraps a receiver. Rounds may still be opened on the receiver itself, by {@link Receiver#sender()}, ordered with the
     * subscriptions here as its rule of one thread at a time demands.
     *
     * @param receiver the receiving end of an existing channel
     * @param <T> the type of value
     * @return its Reactor side
     * @throws NullPointerException if the receiver is {@code null}
     */
    public static <T> ReactiveReceiver<T> from(Receiver<T> receiver) {
        return new ReactiveReceiver<>(Objects.requireNonNull(receiver, "receiver"));
    }

    /**
     * A {@code Mono} of which each subscription receives one outcome: a value; {@code onError} with the cause if the round
     * failed; {@code onError} with a {@link SenderClosedException} if it was closed or revoked or no round is open.
     *
     * <p>Nothing is taken before {@code request}. {@code cancel} loses nothing: the round goes on, and its outcome waits for
     * the next subscription (unless the outcome was on its way already, or the cancellation races with {@code request}
     * itself: see above). A subscription while another one waits ends with {@link IllegalStateException}.
     *
     * <p><b>Cost:</b> one object of 32 bytes (compressed class pointers) for each subscription.
     *
     * @return the outcome of a round
     */
    public Mono<T> receive() {
        return MonoReceive.of(this);
    }

    /**
     * A {@code Mono} of which each subscription opens a round, hands its sender to {@code request}, and signals the outcome
     * as {@link #receive} does.
     *
     * <p>The subscription waits before {@code request} is called, so an answer may come at once, from inside. {@code cancel},
     * and so {@code timeout}, revokes the round: a late answer is refused (its {@code send} returns {@code false}), and the
     * next subscription starts afresh, so {@code retry} and {@code repeat} work. If {@code request} throws, the round is
     * revoked and the error signalled. A subscription while an earlier round is open, or to a disposed receiver, ends with
     * {@link IllegalStateException}, and {@code request} is not called. An outcome of an earlier round that nobody received
     * is discarded when the next one opens.
     *
     * @param request is handed the sender of the round, on the thread that requests
     * @return the answer
     * @throws NullPointerException if {@code request} is {@code null}
     */
    public Mono<T> exchange(Consumer<? super Sender<T>> request) {
        return MonoExchange.of(this, Objects.requireNonNull(request, "request"));
    }

    /**
     * Closes the channel, as {@link Receiver#close()} does: the live sender is refused, and a subscription that waits ends
     * with {@link SenderClosedException}.
     */
    @Override
    public void dispose() {
        receiver.close();
    }

    @Override
    public boolean isDisposed() {
        return receiver.isClosed();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Scannable declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.TERMINATED) {
            return isDisposed();
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }

    /**
     * The receiver with the state of its round, for people to read.
     *
     * @return for example {@code ReactiveReceiver[open, a receive waits]}
     */
    @Override
    public String toString() {
        return "Reactive" + receiver;
    }

    Receiver<T> receiver() {
        return receiver;
    }
}
