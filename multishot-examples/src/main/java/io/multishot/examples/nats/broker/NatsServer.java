package io.multishot.examples.nats.broker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@code nats-server} process of one's own, on a free port of the loopback interface. */
public final class NatsServer implements AutoCloseable {
    /** The advice to print if {@link #isInstalled()} is false. */
    public static final String HOW_TO_INSTALL = "There is no nats-server on the PATH. Install it (Debian, Ubuntu: "
            + "apt-get install nats-server; macOS: brew install nats-server) and try again.";

    private static final String NAME = "nats-server";
    private static final String ANY_PORT = "-1";
    private static final Pattern PORT = Pattern.compile("nats://127\\.0\\.0\\.1:(\\d+)\"");

    private final Path directory;
    private final Child child;
    private Process process;
    private final String port;

    private NatsServer(Path directory) throws IOException {
        this.directory = directory;
        child = new Child(NAME, this::deleteFiles);
        try {
            process = launch(ANY_PORT);
            port = awaitPort();
        } catch (IOException | RuntimeException failure) {
            child.close();
            throw failure;
        }
    }

    /**
     * Tells whether there is a server to start.
     *
     * @return true if one is on the {@code PATH}, or where Debian puts it
     */
    public static boolean isInstalled() {
        return find().isPresent();
    }

    /**
     * Starts a server.
     *
     * @return the server, ready for connections
     * @throws IllegalStateException if none is installed, or it does not start
     */
    public static NatsServer start() {
        try {
            return new NatsServer(Files.createTempDirectory(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the URL to connect to, which stays the same when the server is restarted.
     *
     * @return the URL
     */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /**
     * The process id.
     *
     * @return of the process that runs now, or ran last
     */
    public long pid() {
        return process.pid();
    }

    /** Kills the process, as by {@code kill -9}, and returns when it is gone. */
    public void kill() {
        child.kill();
    }

    /** Starts the server again after it was killed, on the same port; returns when it is ready. */
    public void restart() {
        try {
            process = launch(port);
            awaitPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it, and deletes its files. */
    @Override
    public void close() {
        child.close();
    }

    private void deleteFiles() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch(String onPort) throws IOException {
        String program = find().orElseThrow(() -> new IllegalStateException(HOW_TO_INSTALL))
                .toString();
        return child.start(
                new ProcessBuilder(program, "-a", "127.0.0.1", "-p", onPort, "--ports_file_dir", directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile()));
    }

    /** The server writes its port to a file when it listens. */
    private String awaitPort() throws IOException {
        Path file = directory.resolve(NAME + "_" + process.pid() + ".ports");
        Matcher[] found = new Matcher[1];
        boolean ready = Await.until(() -> {
            if (!process.isAlive()) {
                return true;
            }
            found[0] = PORT.matcher(Files.exists(file) ? Files.readString(file) : "");
            return found[0].find();
        });
        if (!ready || !process.isAlive()) {
            String log = Files.readString(directory.resolve("log"));
            kill();
            throw new IllegalStateException("nats-server did not start; it says: " + log);
        }
        return found[0].group(1);
    }

    private static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(Pattern.quote(File.pathSeparator))),
                        List.of("/usr/sbin", "/usr/local/sbin").stream())
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
