package io.multishot.explorer.litmus;

import io.multishot.explorer.Exploration;
import io.multishot.explorer.Failure;
import io.multishot.explorer.Report;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A way to publish an object by an opaque store. JLS 17.5 gives final fields an order of their own, which is written
 * down here by hand.
 *
 * @param name the name of what is published
 * @param scenario the method of {@link FinalFieldScenarios}
 * @param allowed the possible findings of the reader: the value, - for no object yet, {@link #RACE} for a data race
 * @param source the place that says so
 */
record FinalShape(String name, String scenario, Set<String> allowed, String source) {
    static final String RACE = "race";

    static final List<FinalShape> ALL = List.of(
            new FinalShape("Final field", "finalField", Set.of("-", "1"), "JLS 17.5"),
            new FinalShape("Plain field", "plainField", Set.of(RACE), "JLS 17.4.5"),
            new FinalShape("Plain field, with fences", "storeStoreFence", Set.of("-", "1"), "VarHandle, fence methods"),
            new FinalShape("Volatile field", "volatileField", Set.of("-", "0", "1"), "JLS 17.4.4"),
            new FinalShape("Object behind a final field", "objectBehindFinalField", Set.of("-", "1"), "JLS 17.5"),
            new FinalShape("Array behind a final field", "arrayBehindFinalField", Set.of("-", "1"), "JLS 17.5"),
            new FinalShape(
                    "Final field of an object that escapes from its constructor",
                    "escapeFromConstructor",
                    Set.of("-", "0", "1"),
                    "JLS 17.5"));

    SortedSet<String> explored() {
        Report report = Exploration.of(FinalFieldScenarios.class, scenario).explore();
        if (report.failure() == null) {
            return new TreeSet<>(report.assertExhaustedWithoutFailure().outcomes());
        }
        report.assertFailure(Failure.Kind.DATA_RACE);
        return new TreeSet<>(Set.of(RACE));
    }
}
