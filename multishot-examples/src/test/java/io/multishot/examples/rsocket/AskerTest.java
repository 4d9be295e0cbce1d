package io.multishot.examples.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.correlator.ReplyResult;
import io.multishot.reactor.ReactiveCorrelator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpClient;
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
    private final BlockingQueue<ReplyResult> deliveries = new LinkedBlockingQueue<>();
    private final AnswerServer server = new AnswerServer(answering);

    @SuppressWarnings("NullAway.Init") // before each test
    private Asker asker;

    /** Not in the constructor: no method would stop what a failed constructor has started. */
    @BeforeEach
    void start() {
        asker = connect(correlator);
    }

    private Asker connect(ReactiveCorrelator<String> correlator) {
        return Objects.requireNonNull(Asker.connect(
                        TcpClientTransport.create(server.address()),
                        correlator,
                        (answer, delivery) -> deliveries.add(delivery))
                .block(LONG));
    }

    private @Nullable ReplyResult nextDelivery() throws InterruptedException {
        return deliveries.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        server.dispose(); // and with it every connection
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
        assertThat(nextDelivery()).isEqualTo(ReplyResult.DELIVERED);
        assertThat(nextDelivery()).isEqualTo(ReplyResult.DUPLICATE);
    }

    @Test
    void ask_answeredTwiceAndSlotMovedOn_theSecondAnswerIsLate() throws InterruptedException {
        ReactiveCorrelator<String> oneSlot = ReactiveCorrelator.withCapacity(1, time);
        try {
            Asker toOneSlot = connect(oneSlot);
            CompletableFuture<@Nullable String> other = toOneSlot
                    .ask(SampleAnswering.TWICE, TIMEOUT)
                    .flatMap(answer -> toOneSlot.ask(SampleAnswering.NEVER, TIMEOUT)) // before the second answer
                    .toFuture();
            assertThat(nextDelivery()).isEqualTo(ReplyResult.DELIVERED);
            assertThat(nextDelivery()).isEqualTo(ReplyResult.LATE);
            assertThat(other).isNotDone();
            toOneSlot.dispose();
        } finally {
            oneSlot.dispose(); // the server disposes the connection
        }
    }

    @Test
    void ask_answeredAfterTheTimeout_theAnswerIsLate() throws InterruptedException {
        CompletableFuture<@Nullable String> reply =
                asker.ask(SampleAnswering.LATE, TIMEOUT).toFuture();
        assertThat(correlator.inFlight()).isOne();
        time.advanceTimeBy(TIMEOUT.multipliedBy(2));
        assertThatThrownBy(() -> reply.get(LONG.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(correlator.inFlight()).isZero();
        answering.release();
        assertThat(nextDelivery()).isEqualTo(ReplyResult.LATE);
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
    void connect_cancelledAtTheMomentOfConnecting_leavesNoConnection() throws Exception {
        Disposable.Swap connecting = Disposables.swap();
        CountDownLatch subscribed = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        TcpClient client = TcpClient.create()
                .remoteAddress(server::address)
                .doOnChannelInit((observer, channel, address) -> {
                    channel.closeFuture().addListener(end -> closed.countDown());
                    channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelActive(ChannelHandlerContext connection) {
                            await(subscribed);
                            connecting.dispose();
                            connection.fireChannelActive();
                        }
                    });
                });
        connecting.update(Asker.connect(TcpClientTransport.create(client), correlator, (answer, delivery) -> {})
                .subscribe());
        subscribed.countDown();
        await(closed);
    }

    private static void await(CountDownLatch event) {
        try {
            assertThat(event.await(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("the event within %s", LONG)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void sample_serverNeverAnswers_endsAndTellsWhatDidNotCome() throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean right = RSocketSample.run(
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                answering -> question -> Mono.never(),
                Duration.ofMillis(50));
        assertThat(right).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("a question: no answer in time, WRONG: expected answer to why")
                .contains("its answer: nothing came within PT0.05S, WRONG: expected DELIVERED")
                .contains("Something was WRONG.");
    }

    @Test
    void sample_run_everythingIsRight() throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean right = RSocketSample.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(right).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
