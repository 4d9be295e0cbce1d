package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classic shapes: which outcomes appear, exactly, and the same with and without sleep sets. */
class LitmusTest {
    private static final String VARS = LitmusScenarios.Vars.class.getName() + ".";

    private static final String MODES = """
            PLAIN, PLAIN
            PLAIN, VOLATILE
            OPAQUE, OPAQUE
            OPAQUE, ACQUIRE
            OPAQUE, VOLATILE
            RELEASE, OPAQUE
            RELEASE, ACQUIRE
            RELEASE, VOLATILE
            VOLATILE, PLAIN
            VOLATILE, OPAQUE
            VOLATILE, ACQUIRE
            VOLATILE, VOLATILE
            """;

    private static Set<String> outcomes(String scenario, Object... arguments) {
        Set<String> outcomes = explore(true, scenario, arguments);
        assertThat(explore(false, scenario, arguments))
                .as("the outcomes without sleep sets")
                .isEqualTo(outcomes);
        return outcomes;
    }

    private static Set<String> explore(boolean sleepSets, String scenario, Object... arguments) {
        return Exploration.of(LitmusScenarios.class, scenario)
                .with(arguments)
                .toleratingRaces(VARS + "x", VARS + "y")
                .sleepSets(sleepSets)
                .explore()
                .assertExhaustedWithoutFailure()
                .outcomes();
    }

    private static Set<String> set(String... outcomes) {
        return new TreeSet<>(Arrays.asList(outcomes));
    }

    private static boolean isReleaseAcquire(String store, String load) {
        return !store.equals("PLAIN") && !store.equals("OPAQUE") && !load.equals("PLAIN") && !load.equals("OPAQUE");
    }

    @ParameterizedTest
    @CsvSource(textBlock = MODES)
    void storeBuffering_onlyVolatile_forbidsBothStale(String store, String load) {
        boolean forbidden = store.equals("VOLATILE") && load.equals("VOLATILE");
        assertThat(outcomes("storeBuffering", store, load))
                .isEqualTo(forbidden ? set("0,1", "1,0", "1,1") : set("0,0", "0,1", "1,0", "1,1"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = MODES)
    void storeBuffering_fullFence_forbidsBothStale(String store, String load) {
        assertThat(outcomes("storeBufferingFenced", store, "FULL", load)).isEqualTo(set("0,1", "1,0", "1,1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACQUIRE", "RELEASE", "LOAD_LOAD", "STORE_STORE"})
    void storeBuffering_weakerFence_allowsBothStale(String fence) {
        assertThat(outcomes("storeBufferingFenced", "RELEASE", fence, "ACQUIRE"))
                .isEqualTo(set("0,0", "0,1", "1,0", "1,1"));
    }

    @ParameterizedTest
    @CsvSource({
        "OPAQUE, VOLATILE, true",
        "RELEASE, VOLATILE, true",
        "VOLATILE, VOLATILE, true",
        "RELEASE, ACQUIRE, false",
        "VOLATILE, OPAQUE, true",
        "RELEASE, OPAQUE, false"
    })
    void storeBuffering_compareAndSetBetween_ordersVolatileLoads(String store, String load, boolean forbidden) {
        assertThat(outcomes("storeBufferingWithSwaps", store, load))
                .isEqualTo(forbidden ? set("0,1", "1,0", "1,1") : set("0,0", "0,1", "1,0", "1,1"));
    }

    @Test
    void storeBuffering_bySwaps_isAsByVolatileStores() {
        assertThat(outcomes("storeBuffering", "SWAP", "VOLATILE")).isEqualTo(set("0,1", "1,0", "1,1"));
        assertThat(outcomes("storeBuffering", "SWAP", "ACQUIRE")).contains("0,0");
    }

    @ParameterizedTest
    @CsvSource(textBlock = MODES)
    void messagePassing_onlyReleaseAcquire_forbidsStaleData(String store, String load) {
        assertThat(outcomes("messagePassing", store, load))
                .isEqualTo(isReleaseAcquire(store, load) ? set("0,0", "0,1", "1,1") : set("0,0", "0,1", "1,0", "1,1"));
    }

    @ParameterizedTest
    @CsvSource({
        "RELEASE, ACQUIRE, true",
        "STORE_STORE, LOAD_LOAD, true",
        "FULL, FULL, true",
        "FULL, ACQUIRE, true",
        "RELEASE, NONE, false",
        "NONE, ACQUIRE, false",
        "ACQUIRE, RELEASE, false"
    })
    void messagePassing_fences_orderOpaqueAccesses(String storeFence, String loadFence, boolean forbidden) {
        assertThat(outcomes("messagePassingFenced", "OPAQUE", storeFence, "OPAQUE", loadFence))
                .isEqualTo(forbidden ? set("0,0", "0,1", "1,1") : set("0,0", "0,1", "1,0", "1,1"));
    }

    @ParameterizedTest
    @CsvSource({"RELEASE, NONE, ACQUIRE, NONE, OPAQUE, ACQUIRE", "OPAQUE, RELEASE, ACQUIRE, NONE, RELEASE, NONE"})
    void messagePassing_fenceWithAccess_orders(
            String store, String storeFence, String load, String loadFence, String a, String b) {
        assertThat(outcomes("messagePassingFenced", store, storeFence, load, loadFence))
                .doesNotContain("1,0");
        assertThat(outcomes("messagePassingFenced", "RELEASE", "NONE", "OPAQUE", "ACQUIRE"))
                .doesNotContain("1,0");
    }

    @ParameterizedTest
    @CsvSource(textBlock = MODES)
    void loadBuffering_weakOutcome_isNotExplored(String store, String load) {
        assertThat(outcomes("loadBuffering", store, load)).isEqualTo(set("0,0", "0,1", "1,0"));
    }

    @ParameterizedTest
    @CsvSource({
        "OPAQUE, OPAQUE, NONE, false",
        "RELEASE, ACQUIRE, NONE, false",
        "VOLATILE, ACQUIRE, NONE, false",
        "RELEASE, VOLATILE, NONE, false",
        "VOLATILE, VOLATILE, NONE, true",
        "OPAQUE, OPAQUE, FULL, true",
        "RELEASE, ACQUIRE, FULL, true",
        "OPAQUE, OPAQUE, ACQUIRE, false"
    })
    void independentReads_onlyVolatileOrFullFence_agree(String store, String load, String fence, boolean forbidden) {
        // With fences there are too many executions without sleep sets; smaller shapes compare those.
        Set<String> outcomes = fence.equals("NONE")
                ? outcomes("independentReads", store, load, fence)
                : explore(true, "independentReads", store, load, fence);
        assertThat(outcomes.contains("1,0,1,0")).isEqualTo(!forbidden);
        assertThat(outcomes).hasSize(forbidden ? 15 : 16);
    }

    @ParameterizedTest
    @CsvSource(textBlock = MODES)
    void coherentReads_everyMode_neverGoBack(String store, String load) {
        assertThat(outcomes("coherentReads", store, load)).isEqualTo(set("0,0", "0,1", "1,1"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = MODES)
    void coherentWrites_everyMode_areSeenInOrder(String store, String load) {
        assertThat(outcomes("coherentWrites", store, load)).isEqualTo(set("0,0", "0,1", "0,2", "1,1", "1,2", "2,2"));
    }

    @ParameterizedTest
    @CsvSource({"OPAQUE, OPAQUE", "RELEASE, ACQUIRE", "VOLATILE, VOLATILE"})
    void coherentObservers_everyMode_agree(String store, String load) {
        Set<String> outcomes = outcomes("coherentObservers", store, load);
        // Its own thread read 1 after 2, so that 1 came last; no other thread may see it come first.
        assertThat(outcomes).doesNotContain("1,1,2").contains("1,2,1", "2,1,2", "2,2,1");
    }

    @ParameterizedTest
    @CsvSource({"OPAQUE, true", "RELEASE, true", "VOLATILE, false"})
    void twoPlusTwoWrites_onlyVolatile_agreeOnTheLastStores(String store, boolean mayDisagree) {
        assertThat(outcomes("twoPlusTwoWrites", store))
                .isEqualTo(mayDisagree ? set("1,1", "1,2", "2,1", "2,2") : set("1,2", "2,1", "2,2"));
    }

    @ParameterizedTest
    @CsvSource({
        "OPAQUE, OPAQUE",
        "OPAQUE, ACQUIRE",
        "RELEASE, OPAQUE",
        "RELEASE, ACQUIRE",
        "RELEASE, VOLATILE",
        "VOLATILE, ACQUIRE",
        "VOLATILE, VOLATILE"
    })
    void writeToReadCausality_onlyReleaseAcquire_isTransitive(String store, String load) {
        assertThat(outcomes("writeToReadCausality", store, load).contains("1,1,0"))
                .isEqualTo(!isReleaseAcquire(store, load));
    }

    @ParameterizedTest
    @CsvSource({
        "weakCompareAndSetPlain, true",
        "compareAndExchangeAcquire, true",
        "getAndAddRelease, true",
        "setOpaque, false"
    })
    void releaseSequence_onlyReadModifyWrite_goesOn(String link, boolean goesOn) {
        Set<String> outcomes = outcomes("releaseSequence", link);
        assertThat(outcomes).contains("2,1");
        assertThat(outcomes.contains("2,0")).isEqualTo(!goesOn);
    }

    @ParameterizedTest
    @CsvSource({"OPAQUE, true", "RELEASE, true", "VOLATILE, false", "SWAP, false"})
    void volatileLoad_afterWeakerStore_mayMoveAhead(String store, boolean mayMove) {
        Set<String> outcomes = outcomes("storeThenVolatileLoad", store);
        assertThat(outcomes).contains("0,1", "1,1", "1,2");
        assertThat(outcomes.contains("0,2")).isEqualTo(mayMove);
    }

    @ParameterizedTest
    @CsvSource({"OPAQUE, true", "ACQUIRE, false", "VOLATILE, false"})
    void volatileLoad_afterWeakerLoad_mayMoveAhead(String load, boolean mayMove) {
        assertThat(outcomes("loadThenVolatileLoad", load).contains("1,0")).isEqualTo(mayMove);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void volatileLoad_afterAcquireAndWeakerLoad_movesAheadOfTheWeakerOnly(boolean readerIsStarted) {
        assertThat(outcomes("volatileLoadAfterAcquire", readerIsStarted)).isEqualTo(set("0,0", "0,1", "1,0", "1,1"));
    }

    @Test
    void rivalCompareAndSets_ofOneValue_eachCanBeFirst() {
        assertThat(outcomes("rivalCompareAndSets", false)).isEqualTo(set("0,1,1", "2,0,2", "3,3,0"));
    }

    @Test
    void rivalCompareAndSets_inChain_eachStepCanBeLeftOut() {
        assertThat(outcomes("rivalCompareAndSets", true)).isEqualTo(set("0,0,0", "0,0,1", "0,1,0", "0,1,1", "0,1,2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACQUIRE", "RELEASE", "VOLATILE"})
    void additions_everyMode_areAtomic(String mode) {
        assertThat(outcomes("additions", mode)).isEqualTo(set("3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACQUIRE", "VOLATILE"})
    void failingCompareAndSet_staleValue_isExplored(String mode) {
        assertThat(outcomes("failingCompareAndSet", mode)).isEqualTo(set("0,0", "0,1", "1,0", "1,1"));
    }
}
