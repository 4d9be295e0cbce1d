package io.multishot.tck.soak;

import java.lang.reflect.Method;

/** Makes the threads of a batch: platform threads, or virtual ones where the JDK has them. */
enum Threads {
    PLATFORM,
    VIRTUAL;

    /** Whether this JDK has such threads. */
    boolean areThere() {
        return this == PLATFORM || Runtime.version().feature() >= 21;
    }

    Thread start(Runnable task, String name) {
        if (this == VIRTUAL) {
            return startVirtual(task, name);
        }
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** By reflection, since the sources are compiled for a JDK without virtual threads. */
    private static Thread startVirtual(Runnable task, String name) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Method naming = type.getMethod("name", String.class);
            return (Thread) type.getMethod("start", Runnable.class).invoke(naming.invoke(builder, name), task);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no virtual threads in JDK " + Runtime.version(), e);
        }
    }
}
