package io.multishot.examples.nats.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.examples.nats.broker.Await;
import io.multishot.examples.nats.broker.NatsServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of the demo: no wait for them is for ever, and none outlives it. */
@Timeout(180)
class JvmTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void awaitReady_neverReady_tellsWhatWasAwaited() {
        try (Jvm silent = Jvm.start(out, Silent.class, "silent")) {
            assertThatThrownBy(() -> silent.awaitReady(SHORT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("waited PT0.2S for silent to be ready");
        }
    }

    @Test
    void close_endsTheProcessAndShowsItsOutput() {
        Jvm silent = Jvm.start(out, Silent.class, "silent");
        try {
            assertThat(Await.until(() -> written().contains("[silent] begun")))
                    .as("its output: %s", written())
                    .isTrue();
        } finally {
            silent.close();
        }
        assertThat(silent.isAlive()).isFalse();
    }

    /** The second one as by {@code kill -9}, when no shutdown hook runs. */
    @ParameterizedTest
    @ValueSource(strings = {Parent.FAILS, Parent.WAITS})
    void start_parentEndsAbnormally_theProcessEndsToo(String ending) throws Exception {
        ProcessHandle child;
        try (Jvm parent = Jvm.start(out, Parent.class, "parent", ending)) {
            long pid = Long.parseLong(parent.awaitReady(Await.DEADLINE));
            child = ProcessHandle.of(pid).orElse(null);
            if (ending.equals(Parent.FAILS)) {
                assertThat(Await.until(() -> !parent.isAlive())).as("its end").isTrue();
            }
        }
        if (child != null) { // else it has ended already
            child.onExit().get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void demo_workerThatIsNeverReady_endsAndTellsWhatItWaitedFor() {
        Assumptions.assumeTrue(NatsServer.isInstalled(), NatsServer.HOW_TO_INSTALL);
        assertThat(Demo.run(out, SHORT, Silent.class)).isFalse();
        assertThat(written()).contains("Gave up: waited PT0.2S for worker-1 to be ready");
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .as("processes that outlive the demo")
                .isEmpty();
    }
}
