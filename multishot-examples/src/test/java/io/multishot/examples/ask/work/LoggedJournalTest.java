package io.multishot.examples.ask.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoggedJournalTest {

    @Test
    void journal_questionWithLineFeed_forgesNoLine() {
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            LoggedJournal journal = new LoggedJournal();
            journal.abandoned("worker-1", "why\n[worker-2] INFO Worker - forged");
            journal.refused("worker-1", "why\r\n[worker-2] INFO Worker - forged");
        } finally {
            System.setOut(before);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .noneMatch(line -> line.startsWith("[worker-2]"))
                .allMatch(line -> line.contains("\\u{a}[worker-2]"));
    }
}
