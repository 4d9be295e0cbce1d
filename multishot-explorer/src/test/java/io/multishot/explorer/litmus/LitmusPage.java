package io.multishot.explorer.litmus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Writes {@code docs/litmus.md}. The first argument is the folder that holds it. */
final class LitmusPage {
    static final Path DOCS = Path.of("..", "docs");
    static final String NAME = "litmus.md";

    private static final String INTRODUCTION = """
            # Litmus tests of the explorer

            Does `multishot-explorer` explore what Java allows, and only that? Each row below is a small program
            whose outcomes are computed twice: by the explorer, from byte code, and by axioms that know nothing of
            the explorer (`JavaModel` in the tests). The build fails if the sets of outcomes differ in a way that is
            not among the [known limits](#known-limits), if an outcome in question is not what its source says, or
            if this page is out of date.

            This page is generated. Write it anew with
            `mvn -pl multishot-explorer -am test -Dtest=LitmusPageTest \
            -Dsurefire.failIfNoSpecifiedTests=false -Dlitmus.write`.

            ## How to read the tables

            - **Program**: threads are separated by `||`, operations by `;`. All variables are 0 in the beginning.
              The letter after a variable is the access mode: `p` plain, `o` opaque, `a` acquire, `r` release, `v`
              volatile. `add`, `swap`, `cas` and `weak` are `getAndAdd`, `getAndSet`, `compareAndExchange` and
              `weakCompareAndSet`. `r0==1?` ends the thread unless the register has that value.
            - **Outcome**: the outcome that the shape is about; `-` is a register that was not written.
            - **Model**: whether the source allows it. *open*: the sources differ.
            - **Explorer**: whether the explorer finds it. *race*: a plain access races, and the explorer fails by
              that; it finds the outcome if the race is tolerated.
            - **Outcomes**: how many the explorer finds, out of how many that the model allows.
            - **Hardware**: which of x86-64, ARMv8 and RISC-V show the outcome. This is computed from their
              published models and the instructions that HotSpot selects, and leaves out what compilers reorder; it
              was not run.

            ## The model

            | accesses | rules |
            | --- | --- |
            | volatile, acquire, release, opaque, fences | RC11: coherence, atomicity and the order of volatile \
            accesses and full fences; release sequences as in C++20 |
            | volatile | in addition, JLS 17.4.4: a volatile store synchronises with all later volatile loads, \
            whatever they read |
            | plain | JLS 17.4.5: happens-before consistency instead of coherence; a race if not ordered by \
            happens-before |
            | load-load and store-store fences | order loads with loads, and stores with stores, and nothing \
            else |
            | read-modify-writes | the half that has no order of its own counts as opaque |
            | load buffering | open for opaque accesses: Lea orders each variable by itself, so they may, and \
            ARMv8 and RISC-V do; RC11 and JAM forbid it. Ordered or dependent accesses exclude it in every \
            source |
            | acquire loads after a volatile read-modify-write | open: for Lea they are ordered as volatile \
            loads, for RC11 they are not |
            | precedence | open: for Lea an opaque load puts the store that it reads before all that its thread \
            orders behind it; for RC11 it does not |

            ## Sources

            - **JLS**: The Java Language Specification, Java SE 17, chapter 17.
            - **Lea**: Doug Lea, *Using JDK 9 Memory Order Modes*, 2018; cited by section.
            - **VarHandle**: the documentation of `java.lang.invoke.VarHandle`, JDK 17.
            - **JAM**: John Bender and Jens Palsberg, *A Formalization of Java's Concurrent Access Modes*, OOPSLA
              2019.
            - **RC11**: Ori Lahav, Viktor Vafeiadis, Jeehoon Kang, Chung-Kil Hur and Derek Dreyer, *Repairing
              Sequential Consistency in C/C++11*, PLDI 2017; where the sources of Java are silent.
            - **x86-64**: Scott Owens, Susmit Sarkar and Peter Sewell, *A Better x86 Memory Model: x86-TSO*, 2009.
              **ARMv8**: Christopher Pulte et al., *Simplifying ARM Concurrency*, POPL 2018. **RISC-V**: *The RISC-V
              Instruction Set Manual, Volume I*, chapter RVWMO.
            - The names of the shapes: Jade Alglave, Luc Maranget and Michael Tautschnig, *Herding Cats*, TOPLAS
              2014.
            """;

    private final StringBuilder page = new StringBuilder();

    private LitmusPage() {}

    static String text() {
        LitmusPage page = new LitmusPage();
        page.page.append(INTRODUCTION);
        page.summary();
        Shapes.GROUPS.forEach(page::group);
        page.finalFields();
        page.limits();
        return page.page.toString();
    }

    static void write() throws IOException {
        Files.writeString(DOCS.resolve(NAME), text());
    }

    private void row(Object... cells) {
        page.append('|');
        for (Object cell : cells) {
            page.append(' ').append(cell).append(" |");
        }
        page.append('\n');
    }

    private void head(String title, String... columns) {
        page.append("\n## ").append(title).append("\n\n");
        columns(columns);
    }

    private void columns(String... columns) {
        row((Object[]) columns);
        row(Arrays.stream(columns).map(column -> "---").toArray());
    }

    private void summary() {
        List<Shape> shapes = Shapes.all();
        long differing = shapes.stream()
                .filter(shape -> !Verdicts.on(shape).missing().isEmpty())
                .count();
        head("Summary", "", "shapes");
        row("all, final fields included", shapes.size() + FinalShape.ALL.size());
        row("of these the explorer misses outcomes of", differing + limited(false));
        row("of these the explorer raises false alarms in", limited(true));
    }

    private static long limited(boolean excess) {
        return FinalShape.ALL.stream()
                .filter(shape -> !Limit.outcomes(shape.name(), excess).isEmpty())
                .count();
    }

    private void group(String title, List<Shape> shapes) {
        head(title, "Shape", "Program", "Outcome", "Model", "Explorer", "Outcomes", "Hardware", "Source");
        for (Shape shape : shapes) {
            Verdict verdict = Verdicts.on(shape);
            String found = (verdict.explored().contains(shape.weak()) ? "found" : "not found")
                    + (verdict.exploredRace() ? ", race" : "");
            int count = verdict.explored().size();
            row(
                    shape.name(),
                    code(shape.program().text()),
                    code(named(shape.program(), shape.weak())),
                    shape.ruling().title,
                    found,
                    count + " of " + verdict.allowed().size(),
                    hardware(verdict, shape.weak()),
                    shape.source());
        }
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    /** The outcome with the names of its registers and variables. */
    private static String named(Program program, String outcome) {
        String[] values = outcome.split(",", -1);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            String name =
                    i < program.registers() ? "r" + i : "" + program.finals().charAt(i - program.registers());
            parts.add(name + "=" + values[i]);
        }
        return String.join(" ", parts);
    }

    private static String hardware(Verdict verdict, String outcome) {
        List<String> titles = new ArrayList<>();
        for (Map.Entry<Hardware, SortedSet<String>> entry : verdict.hardware().entrySet()) {
            if (entry.getValue().contains(outcome)) {
                titles.add(entry.getKey().title);
            }
        }
        return titles.isEmpty() ? "none" : String.join(", ", titles);
    }

    private void finalFields() {
        head("Final fields", "Published by an opaque store", "The reader may find", "Explorer", "Source");
        for (FinalShape shape : FinalShape.ALL) {
            row(shape.name(), list(shape.allowed()), list(shape.explored()), shape.source());
        }
        page.append("\nThe value is 1; `-` is no object yet, `race` a data race, which the explorer reports.\n");
    }

    private static String list(Collection<String> outcomes) {
        return code(outcomes.stream().sorted().collect(Collectors.joining(" ")));
    }

    private void limits() {
        page.append("\n## Known limits\n");
        for (boolean excess : new boolean[] {false, true}) {
            page.append(
                    excess
                            ? "\nThe explorer finds what the model forbids, so it may raise a false alarm:\n\n"
                            : "\nThe explorer does not find what the model allows, so it may miss a bug:\n\n");
            columns("Limit", "Bugs that may be missed", "Shapes and outcomes");
            for (Limit.Reason reason : Limit.Reason.values()) {
                List<String> shapes = Limit.ALL.stream()
                        .filter(limit -> limit.reason() == reason && reason.isExcess == excess)
                        .map(limit -> limit.shape() + " " + list(limit.outcomes()))
                        .toList();
                if (!shapes.isEmpty()) {
                    row(reason.explanation, reason.missed, String.join("; ", shapes));
                }
            }
        }
    }
}
