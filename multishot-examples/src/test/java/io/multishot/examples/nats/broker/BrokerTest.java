package io.multishot.examples.nats.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the classes that start and end processes, without a broker. */
@Timeout(180)
class BrokerTest {
    private static final ProcessBuilder SHORT_LIVED = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);

    @Test
    void child_startedAfterItWasClosed_isRefused() {
        List<String> afterwards = new ArrayList<>();
        Child child = new Child("late", () -> afterwards.add("closed"));
        child.close();
        assertThatThrownBy(() -> child.start(SHORT_LIVED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("late");
        child.close();
        assertThat(afterwards).as("done once").containsExactly("closed");
    }

    @Test
    void whenEnded_processThatHasEndedBefore_runsTheAction() throws Exception {
        Process parent = SHORT_LIVED.start();
        assertThat(parent.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        CountDownLatch run = new CountDownLatch(1);
        Running.whenEnded(parent.pid(), run::countDown);
        assertThat(run.await(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void ends_oneThatFailsToClose_doesNotKeepTheOthersOpen() {
        List<String> closed = new ArrayList<>();
        Ends ends = new Ends();
        ends.<AutoCloseable>add(() -> closed.add("first"));
        ends.<AutoCloseable>add(() -> {
            throw new IllegalArgumentException("second");
        });
        ends.<AutoCloseable>add(() -> closed.add("third"));
        assertThatThrownBy(ends::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("second");
        assertThat(closed).containsExactly("third", "first");
    }

    @Test
    void until_interrupted_ends() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Await.until(() -> false)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }
}
