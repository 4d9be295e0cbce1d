package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.Callback;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A callback that opens a request while the slot of its own is free and was not given to the queue yet. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SlotRequestFromInsideTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void open_queueFullAndSlotNotGivenOutYet_givesItOutAndWaits() {
        Correlator<String> correlator =
                Correlator.builder(1).maxWaiting(1).sweepByCaller().build();
        RecordingSlotRequest<String> second = new RecordingSlotRequest<>();
        Pending<String> holder = correlator.open(null, new Callback<>() {
            @Override
            protected void onValue(String value) {
                correlator.open(null, HOUR, second);
            }

            @Override
            protected void onClosed() {}

            @Override
            protected void onFailure(Throwable cause) {}
        });
        RecordingSlotRequest<String> first = new RecordingSlotRequest<>();
        correlator.open(null, HOUR, first);

        correlator.complete(holder.ticket(), "a");

        Pending<String> opened = first.expectOpened();
        assertThat(correlator.waiting()).isEqualTo(1);
        opened.cancel();
        second.expectOpened();
    }
}
