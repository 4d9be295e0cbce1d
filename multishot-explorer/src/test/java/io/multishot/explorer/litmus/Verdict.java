package io.multishot.explorer.litmus;

import io.multishot.explorer.Exploration;
import io.multishot.explorer.Failure;
import io.multishot.explorer.Report;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The outcomes of a program by each definition of the model.
 *
 * @param agreed the outcomes that all sources allow
 * @param allowed those and the outcomes that only some sources allow
 * @param races true if a plain access races
 * @param hardware the outcomes that processors show
 * @param explored the outcomes that the explorer finds when races are tolerated
 * @param exploredRace true if the explorer reports a race when they are not
 */
record Verdict(
        SortedSet<String> agreed,
        SortedSet<String> allowed,
        boolean races,
        Map<Hardware, SortedSet<String>> hardware,
        SortedSet<String> explored,
        boolean exploredRace) {
    private static final String VARS = ProgramScenario.class.getName() + "$Vars.";

    static Verdict of(Program program) {
        SortedSet<String> agreed = new TreeSet<>();
        SortedSet<String> allowed = new TreeSet<>();
        Map<Hardware, SortedSet<String>> hardware = new EnumMap<>(Hardware.class);
        boolean[] races = new boolean[1];
        for (Hardware processor : Hardware.values()) {
            hardware.put(processor, new TreeSet<>());
        }
        Candidates.of(program, candidate -> {
            hardware.forEach((processor, outcomes) -> {
                if (!outcomes.contains(candidate.outcome) && processor.allows(candidate)) {
                    outcomes.add(candidate.outcome);
                }
            });
            JavaModel model = new JavaModel(candidate);
            if (model.isConsistent()) {
                allowed.add(candidate.outcome);
                if (model.isFreeOfLoadBuffering()) {
                    races[0] |= model.hasRace();
                    if (model.respectsPrecedence() && model.ordersLoadsAfterUpdates()) {
                        agreed.add(candidate.outcome);
                    }
                }
            }
        });
        return new Verdict(
                agreed,
                allowed,
                races[0],
                hardware,
                explore(program, true).outcomes(),
                program.hasPlain() && findsRace(explore(program, false)));
    }

    static SortedSet<String> without(SortedSet<String> outcomes, SortedSet<String> others) {
        SortedSet<String> result = new TreeSet<>(outcomes);
        result.removeAll(others);
        return result;
    }

    private static Report explore(Program program, boolean tolerant) {
        Exploration exploration = Exploration.of(ProgramScenario.class, "run")
                .with(program.arguments())
                .spuriousFailures(Program.MAX_THREADS);
        if (tolerant) {
            return exploration
                    .toleratingRaces(VARS + "x", VARS + "y", VARS + "z", VARS + "w")
                    .explore()
                    .assertExhaustedWithoutFailure();
        }
        return exploration.explore();
    }

    private static boolean findsRace(Report report) {
        if (report.failure() == null) {
            report.assertExhaustedWithoutFailure();
            return false;
        }
        report.assertFailure(Failure.Kind.DATA_RACE);
        return true;
    }

    /** Returns the outcomes that the model allows and the explorer does not find. */
    SortedSet<String> missing() {
        return without(allowed, explored);
    }

    /** Returns the outcomes that the explorer finds and no source allows. */
    SortedSet<String> excess() {
        return without(explored, allowed);
    }
}
