package io.multishot.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random programs: the explorer finds what all sources allow, and nothing that none allows. */
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("litmus.programs", 60);
    private static final long FIRST_SEED = Long.getLong("litmus.seed", 1);

    @Test
    void weakCompareAndSet_mayFailByAStaleValueThatMatches() {
        Program program = Program.of("y.o=1; x.r=0; z.o=1 || r0=z.o; r1=x.weak.a(0,2); r2=y.o", "");
        Verdict verdict = Verdict.of(program);
        assertThat(verdict.explored())
                .contains("1,0,0")
                .isSubsetOf(verdict.allowed())
                .containsAll(verdict.agreed());
    }

    @Test
    void explorer_findsWhatTheAxiomsAllow_inRandomPrograms() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
            Program program = RandomPrograms.of(seed);
            Verdict verdict = Verdict.of(program);
            assertThat(verdict.explored())
                    .as("seed %d: %s, then %s", seed, program.text(), program.finals())
                    .isSubsetOf(verdict.allowed())
                    .containsAll(verdict.agreed());
        }
    }
}
