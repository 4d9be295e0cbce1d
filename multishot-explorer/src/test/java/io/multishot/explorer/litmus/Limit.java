package io.multishot.explorer.litmus;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A known difference of the explorer from the model. The build fails if it differs in another way, and also if it no
 * longer differs: then the line has to go.
 *
 * @param shape the name of the shape
 * @param outcomes the outcomes that differ
 * @param reason why
 */
record Limit(String shape, Set<String> outcomes, Reason reason) {
    enum Reason {
        LOAD_BUFFERING(
                false,
                "A load never reads a store that executes later, so nothing is explored that needs a "
                        + "store to overtake an earlier load. JLS 17.4 and JAM allow this for plain accesses, Lea "
                        + "for opaque ones, too, where RC11 and JAM do not. ARMv8 and RISC-V do it.",
                "Two threads that each rely on a plain or opaque load to take place before a later store."),
        STORE_STORE(
                false,
                "A store-store fence counts as a release fence, which earlier loads do not pass either.",
                "A store-store fence where a release fence is needed, because an earlier load must not "
                        + "pass a later store."),
        LOAD_LOAD(
                false,
                "A load-load fence counts as an acquire fence, which later stores do not pass either.",
                "A load-load fence where an acquire fence is needed, because a later store must not pass "
                        + "an earlier load."),
        PLAIN_COHERENCE(
                false,
                "Plain accesses whose races are tolerated are explored as opaque ones, which are coherent.",
                "A tolerated race whose reader relies on not reading an older value after a newer one. "
                        + "Without tolerance, the race itself is reported."),
        VOLATILE_FENCE(
                false,
                "A volatile read-modify-write and the next volatile access of its thread have the effect of a "
                        + "full fence for what is around them. RC11 orders the volatile accesses only. No processor "
                        + "here shows the difference.",
                "A volatile read-modify-write that is used as a full fence for weaker accesses."),
        FINAL_ESCAPE(
                false,
                "A final field is taken to be published safely.",
                "A constructor that hands out its object before it has stored the final field."),
        BEHIND_FINAL(
                true,
                "What is reached through a final field has to be ordered like any plain access, although "
                        + "JLS 17.5 orders it with the end of the constructor.",
                "None: a false alarm. Publish the object by a release store.");

        /** True if the explorer finds what the model forbids; false if it misses what the model allows. */
        final boolean isExcess;

        final String explanation;
        final String missed;

        Reason(boolean isExcess, String explanation, String missed) {
            this.isExcess = isExcess;
            this.explanation = explanation;
            this.missed = missed;
        }
    }

    static final List<Limit> ALL = """
            SB with an RMW of another variable between # 0,0,0,0 # VOLATILE_FENCE
            LB pp # 1,1 # LOAD_BUFFERING
            LB oo # 1,1 # LOAD_BUFFERING
            LB+data, one constant # 1,1 # LOAD_BUFFERING
            LB+loadLoad fences # 1,1 # LOAD_BUFFERING
            LB+storeStore fences # 1,1 # LOAD_BUFFERING
            S+loadLoad fence # 1,2 # LOAD_LOAD
            WRC+storeStore # 1,1,0 # STORE_STORE
            CoRR pp # 1,0 # PLAIN_COHERENCE
            CoRR opaque store, plain loads # 1,0 # PLAIN_COHERENCE
            CoRR plain with acquire between # 1,0,0 # PLAIN_COHERENCE
            CoRW2 pp # 2,2 # PLAIN_COHERENCE
            Final field of an object that escapes from its constructor # 0 # FINAL_ESCAPE
            Object behind a final field # race # BEHIND_FINAL
            Array behind a final field # race # BEHIND_FINAL
            """.lines().map(Limit::parse).toList();

    private static Limit parse(String line) {
        String[] cells = Arrays.stream(line.split("#", -1)).map(String::strip).toArray(String[]::new);
        return new Limit(cells[0], new TreeSet<>(Set.of(cells[1].split(" ", -1))), Reason.valueOf(cells[2]));
    }

    /** The outcomes of a shape that are known to be missing, or to be found in excess. */
    static Set<String> outcomes(String shape, boolean excess) {
        Set<String> outcomes = new TreeSet<>();
        ALL.stream()
                .filter(limit -> limit.shape.equals(shape) && limit.reason.isExcess == excess)
                .forEach(limit -> outcomes.addAll(limit.outcomes));
        return outcomes;
    }
}
