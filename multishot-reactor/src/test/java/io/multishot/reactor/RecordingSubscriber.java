package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Signal;
import reactor.util.context.Context;

/**
 * Records every signal, even those after a cancel or a terminal one, and what its context's hooks are handed. Unlike
 * reactor-test's subscriber it hands every request on, even a bad one.
 */
final class RecordingSubscriber<T> implements CoreSubscriber<T> {
    private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

    private final long firstRequest;
    private final List<Signal<T>> signals = new CopyOnWriteArrayList<>();
    private final List<Object> discarded = new CopyOnWriteArrayList<>();
    private final List<Throwable> droppedErrors = new CopyOnWriteArrayList<>();
    private final Context context;
    private Consumer<? super T> onNext = value -> {};
    private Consumer<? super Throwable> onError = error -> {};
    private Runnable onComplete = () -> {};
    private Consumer<Object> onDiscard = value -> {};
    private Consumer<? super Throwable> onDrop = error -> {};
    private volatile @Nullable Subscription subscription;
    private volatile boolean cancelled;

    private RecordingSubscriber(long firstRequest) {
        this.firstRequest = firstRequest;
        Consumer<Object> discards = value -> {
            discarded.add(value);
            onDiscard.accept(value);
        };
        Consumer<Throwable> drops = error -> {
            droppedErrors.add(error);
            onDrop.accept(error);
        };
        context = Operators.enableOnDiscard(Context.of(ON_ERROR_DROPPED, drops), discards);
    }

    /** Requests without bound as it is subscribed. */
    static <T> RecordingSubscriber<T> unbounded() {
        return new RecordingSubscriber<>(Long.MAX_VALUE);
    }

    /** Requests only what the test requests. */
    static <T> RecordingSubscriber<T> patient() {
        return new RecordingSubscriber<>(0);
    }

    RecordingSubscriber<T> onNextDo(Consumer<? super T> action) {
        onNext = action;
        return this;
    }

    RecordingSubscriber<T> onErrorDo(Consumer<? super Throwable> action) {
        onError = action;
        return this;
    }

    RecordingSubscriber<T> onCompleteDo(Runnable action) {
        onComplete = action;
        return this;
    }

    RecordingSubscriber<T> onDropDo(Consumer<? super Throwable> action) {
        onDrop = action;
        return this;
    }

    RecordingSubscriber<T> onDiscardDo(Consumer<Object> action) {
        onDiscard = action;
        return this;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription s) {
        if (subscription != null) {
            return; // Mono.subscribe tells an error that is thrown at it in this way
        }
        subscription = s;
        if (firstRequest > 0) {
            s.request(firstRequest);
        }
    }

    @Override
    public void onNext(T value) {
        signals.add(Signal.next(value));
        onNext.accept(value);
    }

    @Override
    public void onError(Throwable error) {
        signals.add(Signal.error(error));
        onError.accept(error);
    }

    @Override
    public void onComplete() {
        signals.add(Signal.complete());
        onComplete.run();
    }

    Subscription subscription() {
        return Objects.requireNonNull(subscription, "not subscribed");
    }

    void request(long n) {
        subscription().request(n);
    }

    void cancel() {
        cancelled = true;
        subscription().cancel();
    }

    boolean isCancelled() {
        return cancelled;
    }

    List<Signal<T>> signals() {
        return signals;
    }

    /** Handed to the onDiscard hook. */
    List<Object> discarded() {
        return discarded;
    }

    /** Handed to the onErrorDropped hook. */
    List<Throwable> droppedErrors() {
        return droppedErrors;
    }

    List<T> values() {
        return signals.stream().filter(Signal::isOnNext).map(Signal::get).toList();
    }

    boolean hasValue() {
        return signals.stream().anyMatch(Signal::isOnNext);
    }

    boolean hasError(Class<? extends Throwable> type) {
        return signals.size() == 1 && type.isInstance(signals.get(0).getThrowable());
    }

    void expectNoSignal() {
        assertThat(signals).isEmpty();
    }

    void expectValue(T value) {
        assertThat(signals).containsExactly(Signal.next(value), Signal.complete());
    }

    void expectError(Throwable error) {
        assertThat(expectError(error.getClass())).isSameAs(error);
    }

    Throwable expectError(Class<? extends Throwable> type) {
        assertThat(signals).hasSize(1);
        Throwable error = signals.get(0).getThrowable();
        assertThat(error).isInstanceOf(type);
        return Objects.requireNonNull(error);
    }

    /** As the last signal, after any values. */
    void expectLastError(Class<? extends Throwable> type, String message) {
        assertThat(signals).isNotEmpty();
        assertThat(signals.stream().filter(signal -> !signal.isOnNext())).hasSize(1);
        assertThat(signals.get(signals.size() - 1).getThrowable())
                .isInstanceOf(type)
                .message()
                .contains(message);
    }

    void expectCompleteAfter(int values) {
        assertThat(signals).hasSize(values + 1);
        assertThat(signals.get(values).isOnComplete()).isTrue();
    }

    /** Expects one terminal signal, as the last one; none only after a cancel. */
    void expectOneEnd() {
        long ends = signals.stream().filter(signal -> !signal.isOnNext()).count();
        assertThat(ends).as("terminal signals of %s", signals).isLessThanOrEqualTo(1);
        if (ends == 0) {
            assertThat(cancelled).as("waits for ever").isTrue();
        } else {
            assertThat(signals.get(signals.size() - 1).isOnNext())
                    .as("a value is the last signal of %s", signals)
                    .isFalse();
        }
    }

    /**
     * Expects one end, and what a Mono of a value may signal before: an error comes alone, a completion after a value.
     */
    void expectOneEndOfAMono() {
        expectOneEnd();
        long values = signals.stream().filter(Signal::isOnNext).count();
        boolean completed = signals.stream().anyMatch(Signal::isOnComplete);
        boolean failed = signals.stream().anyMatch(Signal::isOnError);
        assertThat(values).as("values of %s", signals).isBetween(completed ? 1L : 0L, failed ? 0L : 1L);
    }

    void expectNothingLeftOver() {
        assertThat(discarded).as("discarded").isEmpty();
        assertThat(droppedErrors).as("dropped errors").isEmpty();
    }
}
