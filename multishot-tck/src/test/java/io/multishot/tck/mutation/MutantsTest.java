package io.multishot.tck.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that the checks can fail: no mutant of the core survives the one scenario that is named as its killer, and the
 * unchanged core survives all of them. Reports in {@code target/mutants.md} what each killer found.
 */
@EnabledIfSystemProperty(named = "evidence", matches = "true", disabledReason = "takes minutes: -Pevidence")
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {
    private static final Path REPORT = Path.of("target", "mutants.md");
    private static final Map<String, String> ROWS = new ConcurrentSkipListMap<>();

    @TempDir
    private static Path unchanged;

    static List<Mutant> mutants() {
        return Mutants.all();
    }

    static List<String> killers() {
        return Mutants.killers();
    }

    @BeforeAll
    static void compileUnchangedCore() throws IOException {
        CompiledCore.compileInto(unchanged);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutant_facesItsKiller_dies(Mutant mutant, @TempDir Path changed) throws Exception {
        CompiledCore.compileInto(changed, mutant);
        Verdict verdict = Verdict.of(mutant.killer(), changed);
        ROWS.put(
                mutant.toString(),
                mutant.breaks() + " | `" + mutant.killer() + "` | "
                        + verdict.finding().replace("|", "\\|"));
        assertThat(verdict.code()).as(verdict.finding()).isEqualTo(KillerMain.KILLED);
    }

    @ParameterizedTest
    @MethodSource("killers")
    void unchangedCore_facesAnyKiller_lives(String killer) throws Exception {
        Verdict verdict = Verdict.of(killer, unchanged);
        assertThat(verdict.code()).as(verdict.finding()).isEqualTo(KillerMain.SURVIVED);
    }

    @Test
    void names_ofTheMutants_areUnique() {
        assertThat(mutants()).extracting(Mutant::toString).doesNotHaveDuplicates();
    }

    @AfterAll
    static void writeReport() throws IOException {
        StringBuilder table =
                new StringBuilder("| mutant | what it breaks | killer | found |\n| --- | --- | --- | --- |\n");
        ROWS.forEach((mutant, row) ->
                table.append("| ").append(mutant).append(" | ").append(row).append(" |\n"));
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, table);
        System.out.print(table);
    }
}
