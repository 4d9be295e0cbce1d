package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sleep sets leave out no outcome of random programs of steps of every kind, nor of those that stall or die. */
class RandomStepsTest {
    private static final int PROGRAMS = Integer.getInteger("steps.programs", 40);
    private static final long FIRST_SEED = Long.getLong("steps.seed", 1);
    private static final int MAX_EXECUTIONS = 1_500;
    private static final int MAX_STEPS = 6;

    /** Kinds of steps that have to do with each other, to draw from. */
    private static final String[] MIXTURES = {
        "rRlwWsACK?F", "RWACK?YY", "RWPUIQHNJ?", "RWMDTUIN", "rWLLM?CN", "RWALMJUP"
    };

    @Test
    void outcomes_ofRandomPrograms_areThoseWithoutSleepSets() {
        int compared = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
            Random random = new Random(seed * 7919);
            String code = program(random);
            int fault = random.nextInt(8);
            Report all = exploration(code, fault).sleepSets(false).explore();
            if (all.exhausted()) {
                Report reduced = exploration(code, fault).explore().assertExhaustedWithoutFailure();
                assertThat(reduced.outcomes()).as("seed %d: %s", seed, code).isEqualTo(all.outcomes());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(PROGRAMS / 2);
    }

    private static Exploration exploration(String code, int fault) {
        return Exploration.of(RandomStepsScenario.class, "run")
                .with(code)
                .maxExecutions(MAX_EXECUTIONS)
                .stalls(fault == 0 ? 1 : 0)
                .deaths(fault == 1 ? 1 : 0);
    }

    static String program(Random random) {
        int threads = 2 + random.nextInt(2);
        String mixture = MIXTURES[random.nextInt(MIXTURES.length)];
        List<List<String>> steps = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            steps.add(new ArrayList<>(List.of(step(random, mixture, i, threads))));
        }
        for (int i = random.nextInt(MAX_STEPS - threads + 1); i > 0; i--) {
            int thread = random.nextInt(threads);
            steps.get(thread).add(step(random, mixture, thread, threads));
        }
        for (int i = 1; i < threads; i++) {
            List<String> first = steps.get(0);
            boolean late = random.nextInt(3) == 0;
            int place = late ? random.nextInt(first.size() + 1) : Math.min(i - 1, first.size());
            first.add(place > 0 && first.get(place - 1).startsWith("?") ? place - 1 : place, "B" + i + "0");
        }
        List<String> code = new ArrayList<>();
        steps.forEach(ofThread -> code.add(String.join("", ofThread)));
        return String.join(" ", code);
    }

    private static String step(Random random, String mixture, int thread, int threads) {
        char kind = mixture.charAt(random.nextInt(mixture.length()));
        boolean ofThread = "UIHJ".indexOf(kind) >= 0;
        int other = (thread + 1 + random.nextInt(threads - 1)) % threads;
        if (kind == 'J' && other == 0) {
            kind = 'Q'; // the first thread joins the others
        }
        return "" + kind + (ofThread ? other : random.nextInt(2)) + (1 + random.nextInt(2));
    }
}
