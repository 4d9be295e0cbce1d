package io.multishot.tck.cost;

import io.multishot.Callback;
import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import io.multishot.explorer.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts the atomic read-modify-writes of each operation, and reports them as the outcome of the exploration. */
final class CountingScenario {
    private static final Exception CAUSE = new Exception("counted");

    private CountingScenario() {}

    /** Ignores the outcome. */
    static final class Silent extends Callback<Object> {
        @Override
        protected void onValue(Object value) {}

        @Override
        protected void onClosed() {}

        @Override
        protected void onFailure(Throwable cause) {}
    }

    /** Reports one line for each operation of the channel: its name as in docs/algorithm.md, and the count. */
    static void all() {
        StringBuilder lines = new StringBuilder();
        Receiver<Object> receiver = new Receiver<>();
        Silent callback = new Silent();
        Silent other = new Silent();
        Object value = "value";

        Sender<Object> unawaited = receiver.sender();
        count(lines, "send, nobody waits", () -> unawaited.send(value));
        count(lines, "send, refused", () -> unawaited.send(value));
        count(lines, "fail, refused", () -> unawaited.fail(CAUSE));
        count(lines, "close, refused", unawaited::close);
        count(lines, "tryReceive, outcome there", receiver::tryReceive);
        count(lines, "receive, nothing to receive", () -> receiver.receive(callback));
        count(lines, "sender()", receiver::sender);
        count(lines, "tryReceive, open", receiver::tryReceive);
        count(lines, "receive, first registration", () -> receiver.receive(callback));
        count(lines, "receive, same callback again", () -> receiver.receive(callback));
        count(lines, "another callback", () -> {
            callback.cancel();
            receiver.receive(other);
        });
        count(lines, "cancel", other::cancel);
        receiver.receive(other);
        count(lines, "revoke by callback", other::revoke);

        Sender<Object> awaited = receiver.sender();
        receiver.receive(callback);
        count(lines, "send, somebody waits", () -> awaited.send(value));
        count(lines, "recycle", () -> receiver.recycle(awaited));
        receiver.receive(callback);
        count(lines, "fail, somebody waits", () -> awaited.fail(CAUSE));
        receiver.recycle(awaited);
        receiver.receive(callback);
        count(lines, "close, somebody waits", awaited::close);
        receiver.recycle(awaited);
        count(lines, "fail, nobody waits", () -> awaited.fail(CAUSE));
        count(lines, "receive, outcome there", () -> receiver.receive(callback));
        receiver.recycle(awaited);
        count(lines, "close, nobody waits", awaited::close);
        count(lines, "recycle(OutcomeHandler)", () -> receiver.recycle(awaited, callback));
        awaited.close();
        count(lines, "sender(OutcomeHandler)", () -> receiver.sender(callback));
        count(lines, "Receiver.revoke, open", receiver::revoke);
        count(lines, "Receiver.revoke, over", receiver::revoke);
        count(lines, "isOpen", awaited::isOpen);
        Sender<Object> watched = receiver.sender();
        count(lines, "onAbandoned", () -> watched.onAbandoned(() -> {}));
        count(lines, "receive, first registration, with a hook", () -> receiver.receive(callback));
        count(lines, "cancel, with a hook", callback::cancel);
        count(lines, "send, with a hook", () -> watched.send(value));
        count(lines, "onAbandoned, over", () -> watched.onAbandoned(() -> {}));
        receiver.sender();
        count(lines, "Receiver.close, open", receiver::close);
        count(lines, "Receiver.close, over", receiver::close);
        Probe.outcome(lines.toString());
    }

    /** Reports the same for the correlator, with the names of docs/correlator.md. */
    static void correlator() {
        StringBuilder lines = new StringBuilder();
        Correlator<Object> correlator =
                Correlator.builder(4).timeSource(() -> 0).sweepByCaller().build();
        List<Pending<Object>> requests = new ArrayList<>();
        Silent callback = new Silent();
        Object value = "value";

        count(lines, "open, the first of a chunk", () -> correlator.open());
        count(lines, "open(timeout), the earliest", () -> correlator.open(Duration.ofHours(1)));
        count(lines, "open(timeout)", () -> requests.add(correlator.open(Duration.ofHours(2))));
        count(lines, "open", () -> requests.add(correlator.open()));
        Pending<Object> unawaited = requests.get(1);
        count(lines, "complete, nobody waits", () -> correlator.complete(unawaited.ticket(), value));
        count(lines, "complete, refused", () -> correlator.complete(unawaited.ticket(), value));
        count(lines, "receive, outcome there", () -> unawaited.receive(callback));
        count(lines, "open(null, OutcomeHandler)", () -> requests.add(correlator.open(null, callback)));
        count(
                lines,
                "complete, somebody waits",
                () -> correlator.complete(requests.get(2).ticket(), value));
        requests.get(0).cancel();
        Pending<Object> awaited = correlator.open();
        count(lines, "receive, registration", () -> awaited.receive(callback));
        count(lines, "expire, nothing due", correlator::expire);
        count(lines, "failAll, three", () -> correlator.failAll(CAUSE));
        Pending<Object> cancelled = correlator.open();
        count(lines, "cancel", cancelled::cancel);
        count(lines, "cancel, over", cancelled::cancel);
        Probe.outcome(lines.toString());
    }

    private static void count(StringBuilder lines, String operation, Runnable action) {
        lines.append(operation)
                .append(" = ")
                .append(Probe.during(action).readModifyWrites())
                .append('\n');
    }
}
