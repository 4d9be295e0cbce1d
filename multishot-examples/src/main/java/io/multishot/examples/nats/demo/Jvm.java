package io.multishot.examples.nats.demo;

import io.multishot.examples.nats.broker.Await;
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
    private final Process process;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private Jvm(String name, PrintStream out, Process process) {
        this.name = name;
        this.out = out;
        this.process = process;
        Thread reader = new Thread(this::read, "output of " + name);
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
                "-D" + Running.WITH_PARENT + "=true",
                "-cp",
                classPath(),
                program.getName(),
                name));
        command.addAll(List.of(arguments));
        try {
            return new Jvm(
                    name,
                    out,
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it is ready, and returns what it says of itself then. */
    String awaitReady() {
        try {
            return ready.get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + " did not get ready; see its output", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Kills it, as by {@code kill -9}. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
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
        ready.completeExceptionally(new IllegalStateException(name + " has ended"));
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
