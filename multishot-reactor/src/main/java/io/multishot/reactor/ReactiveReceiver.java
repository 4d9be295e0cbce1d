package io.multishot.reactor;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The receiving end of a multishot channel for Project Reactor.
 *
 * <p>{@link #exchange} is request and reply in one {@code Mono}: it opens a round, hands its sender to your code, and
 * signals the answer. {@link #receive} signals the outcome of a round that was opened elsewhere, on the underlying
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
 * <p><b>Values that no subscriber can receive any more</b>, because a cancellation came when they were on their way
 * already or an exchange opens the next round, go to the {@code onDiscard} hook of the subscriber's context, failures
 * to {@code onErrorDropped}. {@link #dispose()} has no subscriber, and releases an unread value without a hook.
 *
 * @param <T> the type of value
 */
public final class ReactiveReceiver<T> extends Rounds<T> implements Disposable {
    private ReactiveReceiver(Receiver<T> receiver) {
        super(receiver);
    }

    /**
     * Creates a new channel.
     *
     * @param <T> the type of value
     * @return the receiving end of a new channel
     */
    public static <T> ReactiveReceiver<T> create() {
        return new ReactiveReceiver<>(new Receiver<>());
    }

    /**
     * Wraps a receiver. Rounds may still be opened on the receiver itself by {@link Receiver#sender()}, if its rule of
     * one thread at a time is kept together with the subscriptions here.
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
     * Returns a {@code Mono} of which each subscription receives one outcome: a value; {@code onError} with the cause
     * if the round failed; {@code onError} with a {@link SenderClosedException} if it was closed or revoked or no round
     * is open.
     *
     * <p>Nothing is taken before {@code request}. {@code cancel} loses nothing: the round goes on, and its outcome
     * waits for the next subscription (unless the outcome was on its way already, or the cancellation races with
     * {@code request} itself: see the class). A subscription while another one waits ends with
     * {@link IllegalStateException}.
     *
     * <p>While {@link #senders()} has a subscriber, a subscription that finds no open round waits for the next one. If
     * the subscriber of {@code senders()} cancels first, the subscription ends with {@link SenderClosedException}.
     *
     * <p><b>Cost:</b> one object of 32 bytes (compressed class pointers) for each subscription.
     *
     * @return the outcome of a round
     */
    public Mono<T> receive() {
        return MonoReceive.of(this);
    }

    /**
     * Returns a {@code Mono} of which each subscription opens a round, hands its sender to {@code request}, and signals
     * the outcome as {@link #receive} does.
     *
     * <p>The subscription waits before {@code request} is called, so an answer may come at once, from inside.
     * {@code cancel}, and so {@code timeout}, revokes the round: a late answer is refused (its {@code send} returns
     * {@code false}), and the next subscription starts afresh, so {@code retry} and {@code repeat} work. If
     * {@code request} throws, the round is revoked and the error signalled. A subscription while an earlier round is
     * open or {@link #senders()} has a subscriber, or to a disposed receiver, ends with {@link IllegalStateException},
     * and {@code request} is not called. An unread outcome of an earlier round is discarded when the next one opens.
     *
     * @param request takes the sender of the round, on the thread that requests
     * @return the answer
     * @throws NullPointerException if {@code request} is {@code null}
     */
    public Mono<T> exchange(Consumer<? super Sender<T>> request) {
        return MonoExchange.of(this, Objects.requireNonNull(request, "request"));
    }

    /**
     * Returns the senders of the rounds to come, one for each element that is requested. Use it for a sending side that
     * pulls the next round when it is ready to answer, instead of being called with it.
     *
     * <p>One sender is live at a time: the next one is signalled as soon as the outcome of the round before was
     * received, by {@link #receive()} of this object. What is done at the underlying {@link Receiver} itself (a
     * receive, a revoke while no receive waits, a round that is opened, a close) takes effect at the next request or
     * {@code receive()}. Each sender is a new one, so a late signal of an old holder is refused. The {@code Flux}
     * completes with {@link #dispose()}.
     *
     * <p>One subscriber at a time: a further one ends with {@link IllegalStateException}. After {@code cancel} another
     * may follow; its first round opens when the outcome of the open one was received.
     *
     * <p>{@code cancel} ends only the opening of rounds. A sender that was signalled stays live, and a
     * {@code receive()} that waits in its round goes on waiting; one that waits for a round to be opened ends with
     * {@link SenderClosedException}. A sender that an operator drops silently leaves its round open: behind operators
     * with a queue, add {@code doOnDiscard(Sender.class, sender -> sender.close())}.
     *
     * <p>A round does not wait for a {@code receive()} before it opens: with an unbounded request the sending side
     * works one round ahead. Elements are signalled on the thread that requests, receives, ends a round in which a
     * receive waits, or disposes. A synchronous loop of sending and receiving runs in constant stack.
     *
     * @return the senders
     */
    public Flux<Sender<T>> senders() {
        return FluxSenders.of(this);
    }

    /**
     * Returns a subscriber that ends a round: it sends the first value, fails the round with an error, and closes it on
     * completion without a value. So any pipeline can end in a sender:
     *
     * <pre>{@code
     * work().subscribe(ReactiveReceiver.subscriberOf(sender));
     * }</pre>
     *
     * <p>It requests one element, and cancels upstream after it, or as soon as the round is over without it: revoked,
     * its receiver closed, or ended through another reference before the subscription. A value that comes too late goes
     * to {@code onDiscard}, an error to {@code onErrorDropped}; a second value, which upstream must not signal, to
     * {@code onNextDropped}.
     *
     * <p>It uses {@link Sender#onAbandoned}; a sender that has a hook already is failed with
     * {@link IllegalStateException}. Use it for one subscription.
     *
     * @param sender the sender of the round to end
     * @param <T> the type of value
     * @return a subscriber with an empty context
     * @throws NullPointerException if the sender is {@code null}
     */
    public static <T> CoreSubscriber<T> subscriberOf(Sender<T> sender) {
        return subscriberOf(sender, Context.empty());
    }

    /**
     * Does as {@link #subscriberOf(Sender)}, with a context for upstream: its entries and its hooks.
     *
     * @param sender the sender of the round to end
     * @param context the context that upstream sees, in {@code Mono.deferContextual} for example
     * @param <T> the type of value
     * @return a subscriber with that context
     * @throws NullPointerException if one of them is {@code null}
     */
    public static <T> CoreSubscriber<T> subscriberOf(Sender<T> sender, ContextView context) {
        return new SenderSubscriber<>(Objects.requireNonNull(sender, "sender"), Context.of(context));
    }

    /**
     * Closes the channel, as {@link Receiver#close()} does: the live sender is refused, and a subscription that waits
     * ends with {@link SenderClosedException}. {@link #senders()} completes.
     */
    @Override
    public void dispose() {
        try {
            receiver().close();
        } finally {
            roundEnded(); // even if the hook of the sender, or a callback, throws
        }
    }

    @Override
    public boolean isDisposed() {
        return receiver().isClosed();
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
     * Describes the receiver and the state of its round, for logs and debuggers.
     *
     * @return for example {@code ReactiveReceiver[open, a receive waits]}
     */
    @Override
    public String toString() {
        return "Reactive" + receiver();
    }
}
