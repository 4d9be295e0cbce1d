package io.multishot.examples.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.Delivery;
import io.multishot.reactor.ReactiveCorrelator;
import io.rsocket.transport.netty.client.TcpClientTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Questions over a real connection, whose deadlines are those of a virtual time. */
@Timeout(60)
class AskerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int CAPACITY = 64;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ReactiveCorrelator<String> correlator = ReactiveCorrelator.withCapacity(CAPACITY, time);
    private final SampleAnswering answering = new SampleAnswering();
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final AnswerServer server = new AnswerServer(answering);
    private final Asker asker = connect(correlator);

    private Asker connect(ReactiveCorrelator<String> correlator) {
        return Objects.requireNonNull(Asker.connect(
                        TcpClientTransport.create(server.address()),
                        correlator,
                        (answer, delivery) -> deliveries.add(delivery))
                .block(LONG));
    }

    private @Nullable Delivery nextDelivery() throws InterruptedException {
        return deliveries.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        asker.dispose();
        server.dispose();
        correlator.dispose();
    }

    @Test
    void ask_manyAtOnce_eachIsGivenItsOwnAnswer() {
        List<String> pairs = Flux.range(0, 1_000)
                .flatMap(number -> asker.ask("" + number, TIMEOUT).map(answer -> number + ": " + answer), CAPACITY)
                .collectList()
                .block(LONG);
        assertThat(pairs)
                .hasSize(1_000)
                .allMatch(pair -> pair.matches("(\\d+): answer to \\1"))
                .doesNotHaveDuplicates();
        assertThat(correlator.inFlight()).isZero();
        assertThat(correlator.statistics().delivered()).isEqualTo(1_000);
    }

    @Test
    void ask_answeredTwice_theSecondAnswerIsRefused() throws InterruptedException {
        assertThat(asker.ask(SampleAnswering.TWICE, TIMEOUT).block(LONG)).isEqualTo("answer to twice");
        assertThat(nextDelivery()).isEqualTo(Delivery.DELIVERED);
        assertThat(nextDelivery()).isEqualTo(Delivery.DUPLICATE);
    }

    @Test
    void ask_answeredTwiceAndSlotMovedOn_theSecondAnswerIsLate() throws InterruptedException {
        ReactiveCorrelator<String> oneSlot = ReactiveCorrelator.withCapacity(1, time);
        Asker toOneSlot = connect(oneSlot);
        CompletableFuture<@Nullable String> other = toOneSlot
                .ask(SampleAnswering.TWICE, TIMEOUT)
                .flatMap(answer -> toOneSlot.ask(SampleAnswering.NEVER, TIMEOUT)) // before the second answer
                .toFuture();
        assertThat(nextDelivery()).isEqualTo(Delivery.DELIVERED);
        assertThat(nextDelivery()).isEqualTo(Delivery.LATE);
        assertThat(other).isNotDone();
        toOneSlot.dispose();
        oneSlot.dispose();
    }

    @Test
    void ask_answeredAfterTheTimeout_theAnswerIsLate() throws InterruptedException {
        CompletableFuture<@Nullable String> reply =
                asker.ask(SampleAnswering.LATE, TIMEOUT).toFuture();
        assertThat(correlator.inFlight()).isOne();
        time.advanceTimeBy(TIMEOUT.multipliedBy(2));
        assertThatThrownBy(reply::get).hasCauseInstanceOf(TimeoutException.class);
        assertThat(correlator.inFlight()).isZero();
        answering.release();
        assertThat(nextDelivery()).isEqualTo(Delivery.LATE);
    }

    @Test
    void ask_serverHangsUp_everyQuestionFails() {
        everyQuestionFailsBy(server);
    }

    @Test
    void ask_askerHangsUp_everyQuestionFails() {
        everyQuestionFailsBy(asker);
    }

    private void everyQuestionFailsBy(Disposable end) {
        List<CompletableFuture<@Nullable String>> replies = new ArrayList<>();
        for (int i = 0; i < CAPACITY; i++) {
            replies.add(asker.ask(SampleAnswering.NEVER, TIMEOUT).toFuture());
        }
        assertThat(correlator.inFlight()).isEqualTo(CAPACITY);
        end.dispose();
        assertThat(replies)
                .allSatisfy(reply -> assertThatThrownBy(() -> reply.get(LONG.toSeconds(), TimeUnit.SECONDS))
                        .hasCauseInstanceOf(IOException.class)
                        .hasMessageContaining("lost"));
        assertThat(correlator.inFlight()).isZero();
        assertThat(correlator.statistics().failed()).isEqualTo(CAPACITY);
    }

    @Test
    void ask_connectionClosed_failsAndHoldsNoSlot() {
        asker.dispose();
        assertThatThrownBy(() -> asker.ask("why", TIMEOUT).block(LONG)).isInstanceOf(Exception.class);
        assertThat(correlator.inFlight()).isZero();
    }

    @Test
    void sample_run_everythingIsRight() throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean right = RSocketSample.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(right).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
