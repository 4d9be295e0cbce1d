package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows that stores leave the order of the program where they may, and nowhere else. */
class StoreOrderTest {
    private static Exploration exploration(String scenario, Object... arguments) {
        return Exploration.of(StoreOrderScenarios.class, scenario)
                .rewriting(LitmusScenarios.class.getName())
                .with(arguments);
    }

    private static Set<String> outcomes(String scenario, Object... arguments) {
        Set<String> outcomes = exploration(scenario, arguments)
                .explore()
                .assertExhaustedWithoutFailure()
                .outcomes();
        assertThat(exploration(scenario, arguments)
                        .sleepSets(false)
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .as("the outcomes without sleep sets")
                .isEqualTo(outcomes);
        return outcomes;
    }

    @ParameterizedTest
    @CsvSource({
        "OPAQUE, NONE, OPAQUE, true",
        "RELEASE, NONE, OPAQUE, true",
        "VOLATILE, NONE, OPAQUE, true",
        "SWAP, NONE, OPAQUE, true",
        "VOLATILE, ACQUIRE, OPAQUE, true",
        "VOLATILE, STORE_STORE, OPAQUE, false",
        "VOLATILE, RELEASE, OPAQUE, false",
        "VOLATILE, FULL, OPAQUE, false",
        "VOLATILE, NONE, RELEASE, false",
        "VOLATILE, NONE, VOLATILE, false",
        "SWAP, NONE, SWAP, false"
    })
    void laterStore_weakerThanRelease_overtakes(String first, String fence, String second, boolean overtakes) {
        assertThat(outcomes("overtaking", first, fence, second).contains("1,0")).isEqualTo(overtakes);
    }

    @ParameterizedTest
    @CsvSource({"OPAQUE, NONE", "OPAQUE, ACQUIRE", "ACQUIRE, NONE"})
    void seqlock_withoutStoreStoreFence_tears(String load, String loadFence) {
        Failure failure =
                exploration("seqlock", "NONE", load, loadFence).explore().assertFailure(Failure.Kind.THROWN);
        assertThat(failure.message()).contains("torn");
    }

    @ParameterizedTest
    @CsvSource({"OPAQUE, ACQUIRE", "ACQUIRE, NONE", "OPAQUE, LOAD_LOAD"})
    void seqlock_withItsFences_passes(String load, String loadFence) {
        exploration("seqlock", "STORE_STORE", load, loadFence).explore().assertExhaustedWithoutFailure();
    }

    @ParameterizedTest
    @CsvSource({
        "OPAQUE, OPAQUE, OPAQUE, true",
        "RELEASE, OPAQUE, ACQUIRE, true",
        "VOLATILE, OPAQUE, VOLATILE, true",
        "OPAQUE, RELEASE, OPAQUE, true",
        "OPAQUE, RELEASE, ACQUIRE, false",
        "VOLATILE, VOLATILE, VOLATILE, false"
    })
    void storeBySomeoneWhoSawTheSecond_comesBeforeTheFirst(String first, String second, String load, boolean may) {
        assertThat(outcomes("seenThenStored", first, second, load).contains("1,2"))
                .isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({
        "OPAQUE, OPAQUE, true",
        "RELEASE, VOLATILE, true",
        "VOLATILE, ACQUIRE, true",
        "VOLATILE, VOLATILE, false"
    })
    void loadBehindTheLastStore_isStale(String store, String load, boolean may) {
        assertThat(outcomes("storedThenRead", store, load).contains("0,2")).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({"OPAQUE, OPAQUE, true", "RELEASE, ACQUIRE, true", "VOLATILE, VOLATILE, false"})
    void chainOfStores_goesInACircle(String store, String load, boolean may) {
        assertThat(outcomes("chainOfStores", store, load).contains("1,1,2")).isEqualTo(may);
    }

    @Test
    void volatilesOfOneLocation_orderNothingElse() {
        assertThat(outcomes("volatilesOfOneLocation")).contains("1,3,0");
    }

    @Test
    void readModifyWrite_comesBeforeAStoreThatItsThreadKnowsOf() {
        assertThat(outcomes("addedBeforeStore")).containsExactly("0,0,5", "0,5,6", "1,0,5", "1,5,6");
    }
}
