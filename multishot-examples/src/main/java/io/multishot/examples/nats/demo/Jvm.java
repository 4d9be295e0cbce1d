package io.multishot.examples.nats.demo;

import io.multishot.examples.nats.broker.Await;
import io.multishot.examples.nats.broker.Child;
import io.multishot.examples.nats.broker.Running;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java process of its own, whose output is shown under its name. */
final class Jvm implements AutoCloseable {
    private final String name;
    private final PrintStream out;
    private final Child child;
    private final Process process;
    private final Thread reader;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private Jvm(String name, PrintStream out, ProcessBuilder builder) throws IOException {
        this.name = name;
        this.out = out;
        child = new Child(name, () -> {});
        try {
            process = child.start(builder);
        } catch (IOException | RuntimeException failure) {
            child.close();
            throw failure;
        }
        reader = new Thread(this::read, "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program with its name as the first argument. */
    static Jvm start(PrintStream out, Class<?> program, String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1", // it is short-lived
                "-D" + Running.WITH_PARENT + "=" + ProcessHandle.current().pid(),
                "-cp",
                classPath(),
                program.getName(),
                name));
        command.addAll(List.of(arguments));
        try {
            return new Jvm(name, out, new ProcessBuilder(command).redirectErrorStream(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it is ready, and returns what it says of itself then. */
    String awaitReady(Duration limit) {
        try {
            return ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("waited %s for %s to be ready".formatted(limit, name), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("waited for %s to be ready: %s".formatted(name, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name + " to be ready", e);
        }
    }

    /** Kills it, as by {@code kill -9}, and shows the rest of its output. */
    @Override
    public void close() {
        child.close();
        try {
            reader.join(Await.DEADLINE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.printf("  [%s] %s%n", name, line);
                if (line.startsWith(Running.READY)) {
                    ready.complete(line.substring(Running.READY.length()));
                }
            }
        } catch (IOException closed) {
            // it was killed
        }
        ready.completeExceptionally(new IllegalStateException("it has ended"));
    }

    /** That of this program: Maven runs it in a class loader of its own. */
    private static String classPath() {
        if (Jvm.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(Jvm::file).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static String file(URL url) {
        return Path.of(URI.create(url.toString())).toString();
    }
}
