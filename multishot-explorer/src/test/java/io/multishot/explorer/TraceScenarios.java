package io.multishot.explorer;

import java.util.concurrent.atomic.AtomicInteger;

/** The scenarios whose trace is tested. */
final class TraceScenarios {
    private TraceScenarios() {}

    static void staleData() throws InterruptedException {
        AtomicInteger data = new AtomicInteger();
        AtomicInteger flag = new AtomicInteger();
        Thread writer = new Thread(
                () -> {
                    data.setOpaque(1);
                    flag.setOpaque(1);
                },
                "writer");
        writer.start();
        if (flag.getOpaque() == 1 && data.getOpaque() == 0) {
            throw new AssertionError("stale");
        }
        writer.join();
    }
}
