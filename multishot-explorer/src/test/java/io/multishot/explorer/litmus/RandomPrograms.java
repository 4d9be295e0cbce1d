package io.multishot.explorer.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small random programs without plain accesses, the same ones for the same seed. */
final class RandomPrograms {
    private static final int MAX_OPERATIONS = 7;

    private final Random random;
    private int registers;

    private RandomPrograms(long seed) {
        random = new Random(seed);
    }

    static Program of(long seed) {
        return new RandomPrograms(seed).program();
    }

    private Program program() {
        int threads = 2 + random.nextInt(Program.MAX_THREADS - 1);
        int locations = 1 + random.nextInt(3);
        List<String> code = new ArrayList<>();
        int left = MAX_OPERATIONS;
        for (int thread = 0; thread < threads; thread++) {
            int most = Math.min(left - (threads - 1 - thread), 5 - threads + 1);
            int operations = 1 + random.nextInt(most);
            left -= operations;
            List<String> operationsOfThread = new ArrayList<>();
            for (int i = 0; i < operations; i++) {
                operationsOfThread.add(operation(locations));
            }
            code.add(String.join("; ", operationsOfThread));
        }
        return Program.of(String.join(" || ", code), Op.LOCATIONS.substring(0, locations));
    }

    private String operation(int locations) {
        String location = "" + Op.LOCATIONS.charAt(random.nextInt(locations));
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> location + "." + one("o", "r", "v", "v") + "=" + value();
            case 4, 5, 6 -> register() + location + "." + one("o", "a", "v", "v");
            case 7, 8 -> register() + location + "." + update();
            default -> "fence." + one("full", "acquire", "release");
        };
    }

    private String update() {
        String mode = one("a", "r", "v");
        return switch (random.nextInt(4)) {
            case 0 -> "add." + mode + "(1)";
            case 1 -> "swap." + mode + "(" + value() + ")";
            case 2 -> "cas." + mode + "(0," + value() + ")";
            default -> "weak." + mode + "(0," + value() + ")";
        };
    }

    private String register() {
        return "r" + registers++ + "=";
    }

    private int value() {
        return 1 + random.nextInt(2);
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
