package io.multishot.explorer.litmus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A litmus program as data: its threads, and the registers and variables that make up its outcome. The text is that of
 * the page: threads are separated by {@code ||}, operations by {@code ;}.
 */
record Program(String text, List<List<Op>> threads, int registers, String finals) {
    static final int MAX_THREADS = 4;

    /**
     * Parses a program.
     *
     * @param text the threads
     * @param finals the variables whose last values belong to the outcome
     */
    static Program of(String text, String finals) {
        List<List<Op>> threads = new ArrayList<>();
        for (String thread : text.split("\\|\\|", -1)) {
            threads.add(Arrays.stream(thread.split(";", -1))
                    .map(String::strip)
                    .map(Op::parse)
                    .toList());
        }
        int registers = threads.stream()
                .flatMap(List::stream)
                .filter(op -> op.kind() != Op.Kind.ONLY_IF)
                .mapToInt(op -> op.register() + 1)
                .max()
                .orElse(0);
        return new Program(text.replaceAll("\\s+", " "), List.copyOf(threads), registers, finals);
    }

    boolean hasPlain() {
        return threads.stream().flatMap(List::stream).anyMatch(op -> op.mode() == 'p' && isAccess(op));
    }

    private static boolean isAccess(Op op) {
        return op.kind() == Op.Kind.LOAD || op.kind() == Op.Kind.STORE;
    }

    /** The arguments of {@link ProgramScenario#run}. */
    Object[] arguments() {
        Object[] arguments = new Object[MAX_THREADS + 2];
        for (int i = 0; i < MAX_THREADS; i++) {
            arguments[i] = i < threads.size()
                    ? threads.get(i).stream().map(Op::encoded).collect(Collectors.joining())
                    : "";
        }
        arguments[MAX_THREADS] = registers;
        arguments[MAX_THREADS + 1] =
                finals.chars().mapToObj(c -> "" + Op.LOCATIONS.indexOf(c)).collect(Collectors.joining());
        return arguments;
    }
}
