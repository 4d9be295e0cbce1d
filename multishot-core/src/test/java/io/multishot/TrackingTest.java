package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Log;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
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

    /** Were it loaded, compiled code would have to ask of each sender which of the two classes it has. */
    @Test
    void unset_doesNotEvenLoadTheTrackedSender() throws Exception {
        assertThat(classesLoaded("-Dio.multishot.senders=off"))
                .contains("io.multishot.Sender ")
                .doesNotContain("TrackedSender");
        assertThat(classesLoaded("-Dio.multishot.senders=leaks")).contains("io.multishot.TrackedSender");
    }

    private static String classesLoaded(String setting) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        setting,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rounds.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** Some rounds, in a JVM of their own. */
    static final class Rounds {
        private Rounds() {}

        public static void main(String[] arguments) {
            Receiver<String> receiver = new Receiver<>();
            Sender<String> sender = receiver.sender();
            sender.send("a");
            receiver.tryReceive();
            receiver.recycle(sender).close();
        }
    }

    /** A caller may pass on what a receive threw. */
    @Test
    void leakOfAnother_asTheCauseOfAFailure_isAFailure() {
        SenderLeakedException leak = new SenderLeakedException(new Throwable());
        Receiver<String> receiver = new Receiver<>();
        receiver.sender().fail(leak);
        assertThatThrownBy(receiver::tryReceive)
                .isInstanceOf(CompletionException.class)
                .hasCause(leak);
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
