package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.SenderClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** One channel to race on, new for each round, and its books. */
final class RacedChannel {
    private static final RuntimeException FAILED = new IllegalArgumentException("failed");

    final ReactiveReceiver<Integer> reactive = ReactiveReceiver.create();
    final Receiver<Integer> receiver = reactive.receiver();

    /** The receive or exchange that the race is about. */
    final RecordingSubscriber<Integer> main = RecordingSubscriber.patient();

    /** The subscriber of {@code senders()} that the race is about. */
    final RecordingSubscriber<Sender<Integer>> slots = RecordingSubscriber.patient();

    /** How many senders were requested for {@link #slots}. */
    private final AtomicInteger demand = new AtomicInteger();

    private final List<RecordingSubscriber<Integer>> receives = new CopyOnWriteArrayList<>();
    private final List<RecordingSubscriber<Integer>> exchanges = new CopyOnWriteArrayList<>();
    private final List<RecordingSubscriber<Sender<Integer>>> senders = new CopyOnWriteArrayList<>();

    /** The senders that the exchanges handed out. */
    private final List<Sender<Integer>> asked = new CopyOnWriteArrayList<>();

    private final AtomicInteger sent = new AtomicInteger();

    /** Counts the values and failures that were accepted. */
    private final AtomicInteger accepted = new AtomicInteger();

    /** The sender of the round that is open when the race begins. */
    private @Nullable Sender<Integer> first;

    /** Whether a receive or exchange waits in that round. */
    private boolean awaited;

    private final Upstream upstream = new Upstream();

    /** Takes what a pipeline that ends in the first sender discards and drops. */
    private final RecordingSubscriber<Integer> upstreamHooks = RecordingSubscriber.patient();

    private @Nullable CoreSubscriber<Integer> pipeline;

    /** Whether a side of the race closed or revoked the round, so that it may have no outcome. */
    private volatile boolean endedWithoutOutcome;

    /** Whether a receive came after the one that waited had the outcome. */
    private volatile boolean receivesAgain;

    /** Whether a side revoked at the receiver, which opens no further round by itself. */
    private volatile boolean revoked;

    /** Whether a side of the race sent, beside the pipeline. */
    private volatile boolean sentBesidePipeline;

    /** The publisher at the head of a pipeline. */
    private static final class Upstream implements Subscription {
        final AtomicInteger requests = new AtomicInteger();
        final AtomicInteger cancels = new AtomicInteger();
        volatile boolean subscribed;

        /** Whether it signalled an error or its completion. */
        volatile boolean ended;

        @Override
        public void request(long n) {
            requests.addAndGet((int) n);
        }

        @Override
        public void cancel() {
            cancels.incrementAndGet();
        }
    }

    // ---- before the race --------------------------------------------------------------------------------------------

    void openRound() {
        first = receiver.sender();
    }

    void leaveValueUnread() {
        openRound();
        send();
        first = null;
    }

    void subscribeMainToReceive() {
        receives.add(main);
        reactive.receive().subscribe(main);
    }

    void subscribeMainToExchange() {
        exchanges.add(main);
        reactive.exchange(asked::add).subscribe(main);
    }

    void letMainReceive() {
        subscribeMainToReceive();
        letMainWait();
    }

    void letMainExchange() {
        subscribeMainToExchange();
        letMainWait();
        first = asked.get(0);
    }

    private void letMainWait() {
        main.request(1);
        main.expectNoSignal();
        awaited = true;
    }

    void subscribeSlots() {
        senders.add(slots);
        reactive.senders().subscribe(slots);
    }

    void signalSender() {
        subscribeSlots();
        requestSender();
        requestSender();
        first = slots.values().get(0);
    }

    void createPipeline() {
        pipeline = ReactiveReceiver.subscriberOf(first(), upstreamHooks.currentContext());
    }

    // ---- sides of a race --------------------------------------------------------------------------------------------

    private Sender<Integer> first() {
        return Objects.requireNonNull(first, "no round was open when the race began");
    }

    private static <V> RecordingSubscriber<V> added(List<RecordingSubscriber<V>> subscribers) {
        RecordingSubscriber<V> another = RecordingSubscriber.unbounded();
        subscribers.add(another);
        return another;
    }

    RecordingSubscriber<Integer> receive() {
        RecordingSubscriber<Integer> another = added(receives);
        reactive.receive().subscribe(another);
        return another;
    }

    /** Receives until there is a round, at which another one waits. */
    void receiveUntilRefused() {
        RecordingSubscriber<Integer> another = receive();
        for (int refusals = 1; another.hasError(SenderClosedException.class); refusals++) {
            receives.remove(another);
            if (refusals > 50) {
                Thread.yield(); // the other thread may have no processor
            }
            another = receive();
        }
    }

    void exchange() {
        reactive.exchange(asked::add).subscribe(added(exchanges));
    }

    void exchangeAnsweredAtOnce() {
        reactive.exchange(sender -> {
                    asked.add(sender);
                    send(sender);
                })
                .subscribe(added(exchanges));
    }

    void requestSender() {
        demand.incrementAndGet();
        slots.request(1);
    }

    void subscribeToSenders() {
        reactive.senders().subscribe(added(senders));
    }

    /** Subscribes as soon as the subscriber of before is out of the way. */
    void subscribeToSendersAfterTheOther() {
        Races.spinUntil(() -> reactive.opener() == null);
        subscribeToSenders();
    }

    /** Subscribes, and sends by the first sender. */
    void subscribeToSendersAndSend() {
        RecordingSubscriber<Sender<Integer>> another = added(senders);
        reactive.senders().subscribe(another.onNextDo(sender -> {
            if (another.values().size() == 1) {
                send(sender);
            }
        }));
    }

    void send() {
        if (send(first())) {
            sentBesidePipeline = true;
        }
    }

    /** Receives after the value was sent, as {@code receive().repeat()} does. */
    void sendThenReceive() {
        receivesAgain = true;
        send();
        receive();
    }

    private boolean send(Sender<Integer> by) {
        boolean taken = by.send(sent.incrementAndGet());
        if (taken) {
            accepted.incrementAndGet();
        }
        return taken;
    }

    void fail() {
        if (first().fail(FAILED)) {
            accepted.incrementAndGet();
        }
    }

    void close() {
        endedWithoutOutcome = true;
        first().close();
    }

    void revoke() {
        endedWithoutOutcome = true;
        revoked = true;
        receiver.revoke();
    }

    void cancel() {
        if (exchanges.contains(main)) {
            endedWithoutOutcome = true;
        }
        main.cancel();
    }

    private CoreSubscriber<Integer> pipeline() {
        return Objects.requireNonNull(pipeline, "no pipeline ends in the round");
    }

    void subscribePipeline() {
        upstream.subscribed = true;
        pipeline().onSubscribe(upstream);
    }

    /** Signals a value, which counts as accepted: it is received, or discarded by the pipeline. */
    void next() {
        accepted.incrementAndGet();
        pipeline().onNext(sent.incrementAndGet());
    }

    /** Signals an error, which likewise counts as accepted. */
    void error() {
        accepted.incrementAndGet();
        upstream.ended = true;
        pipeline().onError(FAILED);
    }

    void complete() {
        endedWithoutOutcome = true;
        upstream.ended = true;
        pipeline().onComplete();
    }

    // ---- after the race ---------------------------------------------------------------------------------------------

    /**
     * Expects that nothing was lost or doubled, and that the channel works on.
     *
     * <p>Each subscriber has one end, and has it without a dispose if the race did not dispose; each value and failure
     * that was accepted is seen once; no receive misses a round; one sender at most is live, and some subscriber has
     * it; further rounds can be played, on senders of {@code senders()}, too.
     */
    void expectBalance() {
        boolean disposed = reactive.isDisposed();
        if (!disposed && !endedWithoutOutcome) {
            expectRoundFound();
        }
        if (!disposed && !revoked) {
            expectRequestedSenderSignalled();
        }
        expectUpstreamCancelled();
        if ((receives.contains(main) || exchanges.contains(main)) && !main.isCancelled()) {
            main.request(1); // if that was no side of the race
        }
        if (!disposed) {
            expectNotAllRefused();
            answerAll();
            expectRoundsAfterwards();
        }
        outcomes().forEach(RecordingSubscriber::expectOneEndOfAMono);
        reactive.dispose();
        senders.forEach(RecordingSubscriber::expectOneEnd);
        assertThat(allSenders()).as("senders of a disposed channel").noneMatch(Sender::isOpen);
        assertThat(asked).as("askings").hasSizeLessThanOrEqualTo(exchanges.size());
        int mayBeReleased = disposed && !awaited ? accepted.get() : 0;
        assertThat(seen()).as("outcomes seen").isBetween(accepted.get() - mayBeReleased, accepted.get());
    }

    /** Expects that no receive ended as if there were no round, while there was one, or one to wait for. */
    private void expectRoundFound() {
        if (receives.stream().noneMatch(each -> each.hasError(SenderClosedException.class))) {
            return;
        }
        boolean roundsToCome = senders.contains(slots) && isActive(slots);
        boolean besideAnother = awaited && !receivesAgain; // it is refused, or the other one has the outcome
        boolean noRoundYet = first == null && accepted.get() == 0;
        assertThat((!roundsToCome || besideAnother) && (noRoundYet || seen() > 0))
                .as("a receive may find no round")
                .isTrue();
    }

    /** Expects that no subscriber of senders() waits for a sender, unless a round is open or has an unread outcome. */
    private void expectRequestedSenderSignalled() {
        boolean requested = senders.stream()
                .anyMatch(each ->
                        isActive(each) && (each != slots || slots.values().size() < demand.get()));
        assertThat(!requested || receiver.hasLiveSender() || receiver.hasOutcome())
                .as("a requested sender is signalled, or not due yet")
                .isTrue();
    }

    /** Revokes the round of a pipeline; then its upstream works for nobody and is cancelled. */
    private void expectUpstreamCancelled() {
        if (!upstream.subscribed) {
            return;
        }
        receiver.revoke();
        assertThat(upstream.requests).hasValueLessThan(2);
        if (!upstream.ended && !sentBesidePipeline) {
            assertThat(upstream.cancels).hasPositiveValue();
        }
    }

    /** Expects that of those which may be refused since another one is in the way, one was not. */
    private void expectNotAllRefused() {
        assertThat(senders.isEmpty() || senders.stream().anyMatch(each -> !isRefused(each)))
                .as("a subscriber of senders() was let in")
                .isTrue();
        boolean roundOfAnother = first != null || !senders.isEmpty();
        boolean mayAllBeRefused = receives.isEmpty() && (exchanges.isEmpty() || roundOfAnother);
        assertThat(mayAllBeRefused || outcomes().anyMatch(each -> !isRefused(each)))
                .as("a receive or exchange was let in")
                .isTrue();
    }

    private static boolean isRefused(RecordingSubscriber<?> subscriber) {
        return subscriber.hasError(IllegalStateException.class);
    }

    /** Answers all that wait. */
    private void answerAll() {
        while (outcomes().anyMatch(RacedChannel::waits)) {
            if (senders.contains(slots) && isActive(slots) && slots.values().size() == demand.get()) {
                requestSender();
            }
            send(liveSender());
        }
    }

    private static boolean waits(RecordingSubscriber<?> subscriber) {
        return subscriber.signals().isEmpty() && !subscriber.isCancelled();
    }

    private static boolean isActive(RecordingSubscriber<?> subscriber) {
        return !subscriber.isCancelled()
                && subscriber.signals().size() == subscriber.values().size();
    }

    /** Returns the one live sender, which some subscriber has; otherwise, whatever waits for it would wait for ever. */
    private Sender<Integer> liveSender() {
        List<Sender<Integer>> live =
                allSenders().stream().filter(Sender::isOpen).toList();
        assertThat(live).as("live senders").hasSize(1);
        return live.get(0);
    }

    private void expectRoundsAfterwards() {
        RecordingSubscriber<Integer> ofTheLastRound = receive();
        answerAll();
        assertThat(isRefused(ofTheLastRound)).as("refused though nothing waits").isFalse();
        if (senders.stream().noneMatch(RacedChannel::isActive)) {
            subscribeToSenders();
        }
        RecordingSubscriber<Integer> ofTheNextRound = receive();
        answerAll();
        ofTheNextRound.expectValue(sent.get());
        assertThat(slots.values()).hasSizeLessThanOrEqualTo(demand.get());
    }

    private Stream<RecordingSubscriber<Integer>> outcomes() {
        return Stream.concat(receives.stream(), exchanges.stream());
    }

    private List<Sender<Integer>> allSenders() {
        List<Sender<Integer>> all = new ArrayList<>(asked);
        senders.forEach(subscriber -> all.addAll(subscriber.values()));
        if (first != null && !all.contains(first)) {
            all.add(first);
        }
        return all;
    }

    private int seen() {
        int seen =
                upstreamHooks.discarded().size() + upstreamHooks.droppedErrors().size();
        for (RecordingSubscriber<Integer> each : outcomes().toList()) {
            seen += each.values().size()
                    + each.discarded().size()
                    + each.droppedErrors().size();
            if (each.hasError(FAILED.getClass())) {
                seen++;
            }
        }
        return seen;
    }
}
