package io.multishot.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps what the library logs, in place of the console. */
public final class Log extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.multishot");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public Log() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** Tells whether a stack trace leads through a method of this name. */
    public static boolean leadsThrough(String method, @Nullable Throwable trace) {
        return trace != null
                && Arrays.stream(trace.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().contains(method));
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
