package io.multishot.tck.mutation;

import java.util.List;
import java.util.stream.Stream;

/** Lists all mutants. */
final class Mutants {
    private Mutants() {}

    static List<Mutant> all() {
        return Stream.of(
                        SenderMutants.all(),
                        ReceiverMutants.all(),
                        OutcomeHandlerMutants.all(),
                        CorrelatorMutants.all(),
                        SlotMutants.all(),
                        DeadlineMutants.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Returns the scenarios that kill, each once. */
    static List<String> killers() {
        return all().stream().map(Mutant::killer).distinct().sorted().toList();
    }
}
