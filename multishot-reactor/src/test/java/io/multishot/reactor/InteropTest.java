package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.SenderClosedException;
import io.multishot.correlator.ReplyResult;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Mono;

/** Other libraries that consume our publishers. */
class InteropTest {
    private final ReactiveReceiver<String> receiver = ReactiveReceiver.create();
    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(1);
    private final List<Long> tickets = new ArrayList<>();
    private final Mono<String> request = correlator.request(ticket -> {
        tickets.add(ticket);
        return Mono.empty();
    });

    @Test
    void rxJava_single_receivesTheValue() {
        var observer = Single.fromPublisher(receiver.receive()).test();
        observer.assertError(SenderClosedException.class); // no round is open
        var sender = receiver.receiver().sender();
        var waiting = Single.fromPublisher(receiver.receive()).test();
        waiting.assertNotComplete();
        sender.send("a");
        waiting.assertResult("a");
    }

    @Test
    void rxJava_dispose_losesNothing() {
        var sender = receiver.receiver().sender();
        var disposed = Flowable.fromPublisher(receiver.receive()).test();
        disposed.cancel();
        sender.send("a");
        disposed.assertEmpty();
        Flowable.fromPublisher(receiver.receive()).test().assertResult("a");
    }

    @Test
    void rxJava_requestLater_takesNothingBefore() {
        receiver.receiver().sender().send("a");
        var patient = Flowable.fromPublisher(receiver.receive()).test(0);
        patient.assertEmpty();
        assertThat(receiver.receiver().hasOutcome()).isTrue();
        patient.request(1);
        patient.assertResult("a");
    }

    @Test
    void rxJava_senders_areAnswered() {
        var answering = Flowable.fromPublisher(receiver.senders()).subscribe(sender -> sender.send("a"));
        Flowable.fromPublisher(receiver.receive().repeat(2)).test().assertResult("a", "a", "a");
        answering.dispose();
    }

    @Test
    void mutiny_uni_receivesTheValue() {
        var sender = receiver.receiver().sender();
        var answer = Uni.createFrom()
                .publisher(FlowAdapters.toFlowPublisher(receiver.receive()))
                .subscribeAsCompletionStage();
        assertThat(answer).isNotDone();
        sender.send("a");
        assertThat(answer).isCompletedWithValue("a");
    }

    @Test
    void mutiny_uni_failure() {
        receiver.receiver().sender().fail(new IllegalArgumentException("no"));
        var answer = Uni.createFrom()
                .publisher(FlowAdapters.toFlowPublisher(receiver.receive()))
                .subscribeAsCompletionStage();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mutiny_multi_cancelRevokesTheExchange() {
        List<io.multishot.Sender<String>> asked = new ArrayList<>();
        Multi<String> answers =
                Multi.createFrom().publisher(FlowAdapters.toFlowPublisher(receiver.exchange(asked::add)));
        var cancelled = answers.subscribe().withSubscriber(AssertSubscriber.create(1));
        cancelled.cancel();
        assertThat(asked.get(0).send("late")).isFalse();
        cancelled.assertHasNotReceivedAnyItem();
        var next = answers.subscribe().withSubscriber(AssertSubscriber.create(1));
        asked.get(1).send("b");
        next.assertItems("b").assertCompleted();
    }

    @Test
    void rxJava_request_receivesTheReplyAndDisposeFreesTheSlot() {
        var answered = Single.fromPublisher(request).test();
        assertThat(correlator.complete(tickets.get(0), "a")).isEqualTo(ReplyResult.DELIVERED);
        answered.assertResult("a");

        var disposed = Flowable.fromPublisher(request).test();
        disposed.cancel();
        assertThat(correlator.complete(tickets.get(1), "late")).isEqualTo(ReplyResult.LATE);
        disposed.assertEmpty();
        assertThat(correlator.inFlight()).isZero();
    }

    /** What send returns may come from another library, too. */
    @Test
    void rxJava_sending_failureIsSignalled() {
        Single.fromPublisher(correlator.request(ticket -> Flowable.error(new IllegalArgumentException("no"))))
                .test()
                .assertError(IllegalArgumentException.class);
        Single.fromPublisher(
                        correlator.request(ticket -> Flowable.fromAction(() -> correlator.complete(ticket, "sent"))))
                .test()
                .assertResult("sent");
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void mutiny_request_receivesTheReplyAndCancelFreesTheSlot() {
        Multi<String> replies = Multi.createFrom().publisher(FlowAdapters.toFlowPublisher(request));
        var answered = replies.subscribe().withSubscriber(AssertSubscriber.create(1));
        correlator.complete(tickets.get(0), "a");
        answered.assertItems("a").assertCompleted();

        var cancelled = replies.subscribe().withSubscriber(AssertSubscriber.create(1));
        cancelled.cancel();
        assertThat(correlator.complete(tickets.get(1), "late")).isEqualTo(ReplyResult.LATE);
        cancelled.assertHasNotReceivedAnyItem();
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void flow_standardBridge_bothWays() {
        RecordingSubscriber<String> recorder = RecordingSubscriber.unbounded();
        FlowAdapters.toFlowPublisher(receiver.exchange(sender -> sender.send("a")))
                .subscribe(FlowAdapters.toFlowSubscriber(recorder));
        recorder.expectValue("a");
        Flow.Subscriber<String> subscriber = FlowAdapters.toFlowSubscriber(
                ReactiveReceiver.subscriberOf(receiver.receiver().sender()));
        FlowAdapters.toFlowPublisher(Flowable.just("b")).subscribe(subscriber);
        assertThat(receiver.receiver().tryReceive()).isEqualTo("b");
    }
}
