package io.multishot.tck.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.multishot.Sender;
import io.multishot.correlator.Correlator;
import io.multishot.reactor.ReactiveCorrelator;
import io.multishot.reactor.ReactiveReceiver;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Signals that race at the Reactor side. */
public class ReactorStress {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Every signal in the order in which it came; plain, as Reactive Streams promises that signals are ordered. */
    static final class Signals implements CoreSubscriber<Integer> {
        private final Context context = Operators.enableOnDiscard(Context.empty(), this::discarded);
        private String signals = "";
        Subscription subscription;

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription s) {
            subscription = s;
        }

        @Override
        public void onNext(Integer value) {
            signals += value;
        }

        @Override
        public void onError(Throwable error) {
            signals += "error";
        }

        @Override
        public void onComplete() {
            signals += " complete";
        }

        private void discarded(Object value) {
            signals += "discarded " + value;
        }

        String all() {
            return signals.isEmpty() ? "none" : signals;
        }
    }

    /** Requests without bound, and keeps the last sender. */
    static class Slots extends BaseSubscriber<Sender<Integer>> {
        int count;
        Sender<Integer> last;

        @Override
        protected void hookOnNext(Sender<Integer> sender) {
            count++;
            last = sender;
        }
    }

    /** An answer against the cancel of an exchange. */
    @JCStressTest
    @Outcome(id = "true, 1 complete", expect = ACCEPTABLE, desc = "answered")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "answered, cancelled before the completion")
    @Outcome(id = "true, discarded 1", expect = ACCEPTABLE, desc = "on its way when it was cancelled")
    @Outcome(id = "false, none", expect = ACCEPTABLE, desc = "refused")
    @Outcome(expect = FORBIDDEN, desc = "lost, or signalled though it was refused")
    @State
    public static class ExchangeSendVsCancel {
        final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        final Signals signals = new Signals();
        Sender<Integer> sender;

        public ExchangeSendVsCancel() {
            receiver.exchange(handed -> sender = handed).subscribe(signals);
            signals.subscription.request(1);
        }

        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.send(1);
        }

        @Actor
        public void canceller() {
            signals.subscription.cancel();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = signals.all();
        }
    }

    /** The request of a receive against the value. */
    @JCStressTest
    @Outcome(id = "true, 1 complete", expect = ACCEPTABLE, desc = "received")
    @Outcome(expect = FORBIDDEN, desc = "lost, or doubled")
    @State
    public static class ReceiveRequestVsSend extends States.OpenRound {
        final Signals signals = new Signals();

        public ReceiveRequestVsSend() {
            ReactiveReceiver.from(receiver).receive().subscribe(signals);
        }

        @Actor
        public void requester() {
            signals.subscription.request(1);
        }

        @Actor
        public void sender(LL_Result r) {
            r.r1 = sender.send(1);
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r2 = signals.all();
        }
    }

    /** A value against a receive that comes for it, while senders() waits for both. */
    @JCStressTest
    @Outcome(id = "true, 1 complete, 2 open", expect = ACCEPTABLE, desc = "received, and the next round opened")
    @Outcome(expect = FORBIDDEN, desc = "lost, or the next round was not opened")
    @State
    public static class SendersSendVsReceive {
        final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        final Slots slots = new Slots();
        final Signals signals = new Signals();
        final Sender<Integer> first;

        public SendersSendVsReceive() {
            receiver.senders().subscribe(slots);
            first = slots.last;
            receiver.receive().subscribe(signals);
        }

        @Actor
        public void sender(LLL_Result r) {
            r.r1 = first.send(1);
        }

        @Actor
        public void receive() {
            signals.subscription.request(1);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r2 = signals.all();
            r.r3 = slots.count + (slots.last.isOpen() ? " open" : " refused");
        }
    }

    /** A receive that waits for a round, against the cancel of the subscription that would open one. */
    @JCStressTest
    @Outcome(id = "error", expect = ACCEPTABLE, desc = "no round will be opened, and it is told")
    @Outcome(expect = FORBIDDEN, desc = "it waits for ever")
    @State
    public static class SendersCancelVsReceive {
        final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        final Signals senders = new Signals();
        final Signals signals = new Signals();

        public SendersCancelVsReceive() {
            receiver.senders().cast(Object.class).map(sender -> 0).subscribe(senders);
            receiver.receive().subscribe(signals);
        }

        @Actor
        public void canceller() {
            senders.subscription.cancel();
        }

        @Actor
        public void receive() {
            signals.subscription.request(1);
        }

        @Arbiter
        public void result(L_Result r) {
            r.r1 = signals.all();
        }
    }

    /** The request for a sender against the receive that wants its round. */
    @JCStressTest
    @Outcome(id = "true, 1 complete, 1 refused", expect = ACCEPTABLE, desc = "received")
    @Outcome(expect = FORBIDDEN, desc = "they miss each other")
    @State
    public static class SendersRequestVsReceive {
        final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        final Slots slots = new Slots() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}
        };
        final Signals signals = new Signals();

        public SendersRequestVsReceive() {
            receiver.senders().subscribe(slots);
            receiver.receive().subscribe(signals);
        }

        @Actor
        public void requester() {
            slots.request(1);
        }

        @Actor
        public void receive() {
            signals.subscription.request(1);
        }

        @Arbiter
        public void result(LLL_Result r) {
            r.r1 = slots.last.send(1);
            r.r2 = signals.all();
            r.r3 = slots.count + (slots.last.isOpen() ? " open" : " refused");
        }
    }

    /** The value of a pipeline against the revoke of the round that it ends in. */
    @JCStressTest
    @Outcome(id = "1 complete, true", expect = ACCEPTABLE, desc = "sent")
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "sent, cancelled before the completion")
    @Outcome(id = "none, true", expect = ACCEPTABLE, desc = "discarded, upstream was cancelled")
    @Outcome(id = "discarded 1, true", expect = ACCEPTABLE, desc = "on its way when it was cancelled")
    @Outcome(expect = FORBIDDEN, desc = "upstream goes on though nobody waits")
    @State
    public static class SubscriberNextVsRevoke {
        final ReactiveReceiver<Integer> receiver = ReactiveReceiver.create();
        final Signals signals = new Signals();
        CoreSubscriber<Integer> subscriber;
        volatile boolean cancelled;

        public SubscriberNextVsRevoke() {
            receiver.exchange(sender -> {
                        subscriber = ReactiveReceiver.subscriberOf(sender);
                        subscriber.onSubscribe(new Subscription() {
                            @Override
                            public void request(long n) {}

                            @Override
                            public void cancel() {
                                cancelled = true;
                            }
                        });
                    })
                    .subscribe(signals);
            signals.subscription.request(1);
        }

        @Actor
        public void upstream() {
            subscriber.onNext(1);
        }

        @Actor
        public void receive() {
            signals.subscription.cancel();
        }

        @Arbiter
        public void result(LL_Result r) {
            r.r1 = signals.all();
            r.r2 = cancelled;
        }
    }

    /** A request that may wait for a slot, while none is free, vs. its cancel: it leaves no request in the queue. */
    @JCStressTest
    @Outcome(id = ", 0", expect = ACCEPTABLE, desc = "cancelled before it waited, or while it did")
    @Outcome(expect = FORBIDDEN)
    @State
    public static class WaitingRequestVsCancel {
        private final Correlator<Integer> correlator =
                Correlator.builder(1).sweepByCaller().build();
        private final Signals requester = new Signals();

        public WaitingRequestVsCancel() {
            correlator.open();
            ReactiveCorrelator.from(correlator)
                    .request(MINUTE, MINUTE, ticket -> Mono.empty())
                    .subscribe(requester);
        }

        @Actor
        public void request() {
            requester.subscription.request(1);
        }

        @Actor
        public void cancel() {
            requester.subscription.cancel();
        }

        @Arbiter
        public void waiting(LI_Result result) {
            result.r1 = requester.signals;
            result.r2 = correlator.waiting();
        }
    }
}
