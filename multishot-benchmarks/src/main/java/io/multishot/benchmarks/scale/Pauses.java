package io.multishot.benchmarks.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When the JVM stood still, for its collector mostly: as its log has it, by the clock of {@link System#nanoTime}. */
final class Pauses {
    private static final String LOG = "scale.pauses";
    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns].* Total: +(\\d+) ns");

    private record Pause(long begin, long end) {}

    private final List<Pause> pauses;

    private Pauses(List<Pause> pauses) {
        this.pauses = pauses;
    }

    /** Returns the options of a JVM that logs its pauses. */
    static List<String> options(Path log) {
        return List.of("-D" + LOG + "=" + log, "-Xlog:safepoint:file=" + log + ":timenanos:filecount=0");
    }

    /** Returns the pauses of this JVM between two times of {@link System#nanoTime}. */
    static Pauses between(long begin, long end) {
        List<Pause> pauses = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of(System.getProperty(LOG)))) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.find()) {
                    long over = Long.parseLong(matcher.group(1));
                    Pause pause = new Pause(over - Long.parseLong(matcher.group(2)), over);
                    if (pause.end - begin > 0 && pause.begin - end < 0) {
                        pauses.add(pause);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Pauses(pauses);
    }

    boolean overlap(long begin, long end) {
        return pauses.stream().anyMatch(pause -> pause.end - begin > 0 && pause.begin - end < 0);
    }

    int count() {
        return pauses.size();
    }

    long longest() {
        return pauses.stream().mapToLong(pause -> pause.end - pause.begin).max().orElse(0);
    }
}
