package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The requests in flight as people see them, and the report of those that are in flight for too long. */
class LeakReportTest {
    private static final Duration HUNDRED = Duration.ofNanos(100);
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final List<RequestInfo> reports = new ArrayList<>();
    private final Correlator<String> correlator = reportingTo(reports::add);

    private Correlator<String> reportingTo(Consumer<RequestInfo> reporter) {
        return Correlator.builder(4)
                .timeSource(clock::get)
                .sweepByCaller()
                .reportLeaks(HUNDRED, reporter)
                .build();
    }

    @Test
    void snapshot_someInFlight_hasTheseAndNoPlaceUnlessLeaksAreReported() {
        Correlator<String> plain =
                Correlator.builder(4).timeSource(clock::get).sweepByCaller().build();
        assertThat(plain.snapshot()).isEmpty();
        Pending<String> first = plain.open(HOUR);
        plain.open().cancel();
        clock.set(5);
        Pending<String> second = plain.open(HOUR);
        clock.set(8);

        assertThat(plain.snapshot())
                .containsExactlyInAnyOrder(
                        new RequestInfo(first.ticket(), Duration.ofNanos(8), null),
                        new RequestInfo(second.ticket(), Duration.ofNanos(3), null));
    }

    @Test
    void snapshot_leaksAreReported_hasThePlaceOfTheOpening() {
        correlator.open(HOUR);

        assertThat(correlator.snapshot())
                .singleElement()
                .satisfies(request -> expectOpenedIn(request, "snapshot_leaksAreReported_hasThePlaceOfTheOpening"));
    }

    @Test
    void inFlight_toString_hasTheTicketInHexAndTheAge() {
        assertThat(new RequestInfo(0xf3a1b27c4d5e68L, Duration.ofMillis(1500), null))
                .hasToString("RequestInfo[00f3a1b27c4d5e68, PT1.5S]");
    }

    @Test
    void expire_requestOlderThanTheThreshold_isReportedOnceWithItsPlace() {
        Pending<String> request = correlator.open(HOUR);
        clock.set(100);
        correlator.expire();
        assertThat(reports).isEmpty();

        clock.set(101);
        correlator.expire();
        clock.set(500);
        correlator.expire();

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.ticket()).isEqualTo(request.ticket());
            assertThat(report.age()).isEqualTo(Duration.ofNanos(101));
            expectOpenedIn(report, "expire_requestOlderThanTheThreshold_isReportedOnceWithItsPlace");
        });
        assertThat(request.tryReceive()).isNull();
    }

    @Test
    void expire_nextRequestInTheSlot_isReportedForItself() {
        correlator.open(HOUR);
        clock.set(101);
        correlator.expire();
        correlator.failAll(new RuntimeException());
        Pending<String> next = correlator.open(HOUR);
        clock.set(202);
        correlator.expire();

        assertThat(reports).hasSize(2);
        assertThat(reports.get(1).ticket()).isEqualTo(next.ticket());
        assertThat(reports.get(1).age()).isEqualTo(Duration.ofNanos(101));
    }

    @Test
    void expire_requestOver_isNotReported() {
        correlator.open(HOUR).cancel();
        correlator.complete(correlator.open(HOUR).ticket(), "a");
        correlator.open(HUNDRED);
        clock.set(101);

        assertThat(correlator.expire()).isEqualTo(1);

        assertThat(reports).isEmpty();
        assertThat(correlator.snapshot()).isEmpty();
    }

    @Test
    void expire_reporterThrows_isReportedAsUncaughtAndTheSweepGoesOn() {
        RuntimeException thrown = new RuntimeException("thrown by the reporter");
        List<Throwable> uncaught = new ArrayList<>();
        Correlator<String> throwing = reportingTo(report -> {
            reports.add(report);
            throw thrown;
        });
        throwing.open(HOUR);
        throwing.open(HOUR);
        throwing.open(HUNDRED);
        clock.set(101);

        UncaughtExceptionsTest.reportingTo(
                uncaught::add, () -> assertThat(throwing.expire()).isEqualTo(1));
        UncaughtExceptionsTest.reportingTo(uncaught::add, throwing::expire);

        assertThat(reports).hasSize(2);
        assertThat(uncaught).containsExactly(thrown, thrown);
    }

    private void expectOpenedIn(RequestInfo request, String method) {
        assertThat(request.openedAt()).isNotNull().hasMessage("the request was opened here");
        assertThat(request.openedAt().getStackTrace())
                .anySatisfy(frame -> assertThat(frame.getMethodName()).isEqualTo(method));
    }
}
