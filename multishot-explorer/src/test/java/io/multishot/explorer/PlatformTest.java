package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that accesses by code of the platform to arrays, atomics and its own objects are watched, or refused. */
class PlatformTest {
    private static Exploration exploration(String scenario, Object... arguments) {
        return Exploration.of(PlatformScenarios.class, scenario).with(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fill",
                "fillRange",
                "copyOf",
                "copyOfRange",
                "clone",
                "sort",
                "toString",
                "hashCode",
                "equals",
                "stream",
                "asList",
                "throughAList",
                "deepToString",
                "varargs",
                "toArray",
                "reference"
            })
    void array_accessedByThePlatform_isWatched(String way) {
        exploration("array", way, false).explore().assertFailure(Failure.Kind.DATA_RACE);
        exploration("array", way, true).explore().assertExhaustedWithoutFailure();
    }

    @Test
    void array_filled_hasTheNewValue() {
        assertThat(exploration("filledElement").explore().outcomes()).containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HashMap",
                "ArrayList",
                "iterator",
                "view",
                "unmodifiable",
                "argument",
                "sort",
                "forEach",
                "StringBuilder",
                "concatenated",
                "ByteBuffer",
                "BitSet",
                "position",
                "joined",
                "inherited",
                "keySetInAList",
                "nestedText",
                "nestedEquals",
                "recordText",
                "recordHashCode",
                "recordEquals"
            })
    void object_sharedWithoutOrder_isARace(String type) {
        Failure failure = exploration("shared", type, false).explore().assertFailure(Failure.Kind.DATA_RACE);
        assertThat(failure.message()).contains(".content");
        exploration("shared", type, true).explore().assertExhaustedWithoutFailure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Vector", "StringBuffer", "synchronizedList", "Random"})
    void object_thatOrdersItself_isRefusedUnlessOrderedOrVouchedFor(String type) {
        assertThatThrownBy(() -> exploration("shared", type, false).explore())
                .isInstanceOf(UnmodelledOperationException.class)
                .hasMessageContaining("threads share java.");
        exploration("shared", type, true).explore().assertExhaustedWithoutFailure();
        exploration("shared", type, false).trusting("java.").explore().assertExhaustedWithoutFailure();
    }

    @Test
    void bytes_lookedAtByTwoThreads_areNoRace() {
        exploration("bytesLookedAt").explore().assertExhaustedWithoutFailure();
    }

    @Test
    void object_lookedIntoByTwoThreads_isNoRace() {
        assertThat(exploration("lookedIntoByTwo")
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("ab");
    }

    @Test
    void object_handedOver_isNoRace() {
        assertThat(exploration("handedOver")
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("[a, b]", "[a]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"toString", "concatenation", "valueOf", "append", "number"})
    void atomic_turnedIntoText_isALoad(String way) {
        assertThat(exploration("text", way)
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("0", "5");
    }

    @Test
    void atomicArray_turnedIntoText_isALoadOfEachElement() {
        assertThat(exploration("text", "array")
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .outcomes())
                .containsExactly("[0]", "[5]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "format", "optional", "record"})
    void atomic_turnedIntoTextInsideOfSomething_isRefused(String way) {
        assertThatThrownBy(() -> exploration("text", way).explore())
                .isInstanceOf(UnmodelledOperationException.class)
                .hasMessageContaining("read the atomic first");
    }

    @Test
    void staticState_thatSurvives_isReportedAsNondeterminism() {
        assertThatThrownBy(() -> exploration("staticState", "growing").explore())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.util.ArrayList that an earlier execution has changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "replaced"})
    void staticState_thatIsTakenBack_passes(String kind) {
        assertThat(exploration("staticState", kind)
                        .explore()
                        .assertExhaustedWithoutFailure()
                        .executions())
                .isEqualTo(2);
    }
}
