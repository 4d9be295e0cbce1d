package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Callback;
import io.multishot.Reaction;
import io.multishot.RecordingCallback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a callback may do from inside, and that what it throws reaches the caller and breaks nothing. */
class CorrelatorCallbackTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");
    private static final RuntimeException THROWN = new RuntimeException("thrown by the callback");

    private final Correlator<String> single =
            Correlator.builder(1).timeSource(() -> 0).sweepByCaller().build();
    private final Correlator<String> two =
            Correlator.builder(2).timeSource(() -> 0).sweepByCaller().build();
    private final RecordingCallback<String> recording = new RecordingCallback<>();
    private final List<Object> outcomes = new ArrayList<>();

    @Test
    void everyEnd_callbackOpensTheNextRequest_findsTheSlotFree() {
        Consumer<Object> open = outcome -> single.open();

        single.fail(single.open(null, then(open)).ticket(), CAUSE);
        expectOneInFlight();
        single.open(Duration.ZERO, then(open));
        single.expire();
        expectOneInFlight();
        single.open(null, then(open));
        single.failAll(CAUSE);
        expectOneInFlight();
        single.open(null, then(open)).cancel();
        expectOneInFlight();

        assertThat(outcomes).hasSize(4);
    }

    private void expectOneInFlight() {
        assertThat(single.inFlight()).isEqualTo(1);
        assertThat(single.failAll(CAUSE)).isEqualTo(1);
    }

    @Test
    void complete_callbackIsUsedForTheNextRequest_isCalledForThatToo() {
        List<Pending<String>> requests = new ArrayList<>();
        AtomicReference<Callback<String>> again = new AtomicReference<>();
        again.set(then(outcome -> requests.add(single.open(null, again.get()))));
        requests.add(single.open(null, again.get()));

        for (int i = 0; i < 5; i++) {
            single.complete(requests.get(i).ticket(), "" + i);
        }

        assertThat(outcomes).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void complete_callbackCompletesAnother_bothAreTold() {
        Pending<String> other = two.open(null, recording);
        Pending<String> first = two.open(null, then(outcome -> two.complete(other.ticket(), "b")));

        two.complete(first.ticket(), "a");

        assertThat(outcomes).containsExactly("a");
        recording.expectValue("b");
        assertThat(two.inFlight()).isZero();
    }

    @Test
    void complete_callbackRepliesAgain_isADuplicate() {
        List<ReplyResult> deliveries = new ArrayList<>();
        List<Long> ticket = new ArrayList<>();
        Pending<String> request =
                single.open(null, then(outcome -> deliveries.add(single.complete(ticket.get(0), "again"))));
        ticket.add(request.ticket());

        single.complete(request.ticket(), "a");

        assertThat(deliveries).containsExactly(ReplyResult.DUPLICATE);
        assertThat(outcomes).containsExactly("a");
    }

    @Test
    void complete_callbackCloses_endsTheOthers() {
        two.open(null, recording);
        Pending<String> first = two.open(null, then(outcome -> two.close()));

        assertThat(two.complete(first.ticket(), "a")).isEqualTo(ReplyResult.DELIVERED);

        assertThat(outcomes).containsExactly("a");
        assertThat(recording.calls()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(two::open);
    }

    @Test
    void close_callbackOpens_isRefused() {
        two.open(null, then(outcome -> two.open()));
        two.open(null, recording);

        assertThatIllegalStateException().isThrownBy(two::close).withMessageContaining("closed");

        assertThat(outcomes).singleElement().isInstanceOf(CorrelatorClosedException.class);
        assertThat(recording.calls()).isEqualTo(1);
        assertThat(two.inFlight()).isZero();
    }

    @Test
    void failAll_callbackFailsAllAgain_eachIsToldOnce() {
        two.open(null, then(outcome -> assertThat(two.failAll(CAUSE)).isEqualTo(1)));
        two.open(null, then(outcome -> assertThat(two.failAll(CAUSE)).isZero()));

        assertThat(two.failAll(CAUSE)).isEqualTo(1);

        assertThat(outcomes).containsExactly(CAUSE, CAUSE);
        assertThat(two.statistics().failed()).isEqualTo(2);
    }

    static Stream<Named<BiConsumer<Correlator<String>, Pending<String>>>> endings() {
        return Stream.of(
                Named.of("complete", (correlator, request) -> correlator.complete(request.ticket(), "a")),
                Named.of("fail", (correlator, request) -> correlator.fail(request.ticket(), CAUSE)),
                Named.of("cancel", (correlator, request) -> request.cancel()),
                Named.of("close of the request", (correlator, request) -> request.close()),
                Named.of("expire", (correlator, request) -> correlator.expire()));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void end_callbackThrows_reachesTheCallerAndTheRequestIsOver(
            BiConsumer<Correlator<String>, Pending<String>> ending) {
        Pending<String> request = single.open(Duration.ZERO, thrower(THROWN));

        assertThatThrownBy(() -> ending.accept(single, request)).isSameAs(THROWN);

        assertThat(outcomes).hasSize(1);
        assertThat(single.complete(request.ticket(), "again")).isIn(ReplyResult.DUPLICATE, ReplyResult.LATE);
        CorrelatorStatistics books = single.statistics();
        assertThat(books.delivered() + books.failed() + books.timedOut() + books.cancelled())
                .isEqualTo(1);
        assertThatCode(single::open).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void end_callbackThrowsWhileOthersWait_reachesTheCallerAndTheNextHasTheSlot(
            BiConsumer<Correlator<String>, Pending<String>> ending) {
        Pending<String> request = single.open(Duration.ZERO, thrower(THROWN));
        RecordingSlotRequest<String> next = new RecordingSlotRequest<>();
        single.open(null, Duration.ofHours(1), next);

        assertThatThrownBy(() -> ending.accept(single, request)).isSameAs(THROWN);

        assertThat(outcomes).hasSize(1);
        assertThat(single.waiting()).isZero();
        assertThat(single.inFlight()).isEqualTo(1);
        assertThat(single.complete(next.expectOpened().ticket(), "b")).isEqualTo(ReplyResult.DELIVERED);
        assertThat(single.inFlight()).isZero();
    }

    @Test
    void receive_outcomeThereAndCallbackThrows_reachesTheReceiverAndIsReceived() {
        Pending<String> request = single.open();
        single.complete(request.ticket(), "a");

        assertThatThrownBy(() -> request.receive(thrower(THROWN))).isSameAs(THROWN);

        assertThat(outcomes).containsExactly("a");
        assertThatIllegalStateException().isThrownBy(request::tryReceive);
    }

    private Callback<String> then(Consumer<Object> action) {
        return new Reaction<>(outcome -> {
            outcomes.add(outcome);
            action.accept(outcome);
        });
    }

    private Callback<String> thrower(RuntimeException thrown) {
        return then(outcome -> {
            throw thrown;
        });
    }
}
