package io.multishot.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The place, time and conditions of a measurement, in a file beside the results. */
record Setting(List<String> lines) {

    static Setting here(String mode, String[] jvmOptions) {
        return new Setting(List.of(
                LocalDate.now(ZoneOffset.UTC) + ", commit " + commit(),
                System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + String.join(" ", jvmOptions),
                processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "`mvn -q -pl multishot-benchmarks -am compile exec:exec -Dbenchmarks=" + mode + "`"));
    }

    private static String commit() {
        return output("git", "describe", "--always", "--dirty").findFirst().orElse("unknown");
    }

    private static String processor() {
        return output("grep", "-m1", "model name", "/proc/cpuinfo")
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
    }

    /** Nothing where there is no such command. */
    private static Stream<String> output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.lines() : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Stream.empty();
        }
    }

    void write(Path json) throws IOException {
        Files.write(fileBeside(json), lines);
    }

    static Setting read(Path json) throws IOException {
        return new Setting(Files.readAllLines(fileBeside(json)));
    }

    private static Path fileBeside(Path json) {
        return json.resolveSibling(json.getFileName().toString().replace(".json", ".txt"));
    }
}
