package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The setting that has senders tracked. */
class TrackingTest {

    @Test
    @DisabledIfSystemProperty(named = Tracking.PROPERTY, matches = ".*")
    void unset_handsOutTheSenderItself() {
        Sender<String> round = new Sender<>(new Receiver<String>());
        assertThat(Tracking.handle(round)).isSameAs(round);
        assertThat(new Receiver<String>().sender()).isExactlyInstanceOf(Sender.class);
    }

    @Test
    void mode_anyCase_isKnown() {
        assertThat(Tracking.mode("leaks")).isEqualTo(Tracking.Mode.LEAKS);
        assertThat(Tracking.mode("Strict")).isEqualTo(Tracking.Mode.STRICT);
        assertThat(Tracking.mode("OFF")).isEqualTo(Tracking.Mode.OFF);
    }

    @Test
    void mode_unknown_warnsWithTheValueAndIsOff() {
        try (Log log = new Log()) {
            assertThat(Tracking.mode("leeks")).isEqualTo(Tracking.Mode.OFF);
            assertThat(log.records())
                    .extracting(LogRecord::getMessage)
                    .isEqualTo(
                            List.of("-Dio.multishot.senders=leeks is unknown, and senders are not tracked: say leaks,"
                                    + " strict or off"));
        }
    }
}
