package io.multishot.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares three definitions of the model by each shape: the source's ruling, the axioms, and the explorer. */
class ShapesTest {
    static Stream<Named<Shape>> shapes() {
        return Shapes.all().stream().map(shape -> Named.of(shape.name(), shape));
    }

    static Stream<Named<FinalShape>> finalShapes() {
        return FinalShape.ALL.stream().map(shape -> Named.of(shape.name(), shape));
    }

    private static Stream<String> names() {
        return Stream.concat(
                Shapes.all().stream().map(Shape::name), FinalShape.ALL.stream().map(FinalShape::name));
    }

    @Test
    void names_ofAllShapes_areDistinct() {
        assertThat(names().toList()).hasSizeGreaterThan(80).doesNotHaveDuplicates();
    }

    @Test
    void limits_nameShapes_thatExist() {
        List<String> limited = Limit.ALL.stream().map(Limit::shape).toList();
        assertThat(names().toList()).containsAll(limited);
        assertThat(limited).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void outcome_inQuestion_isByTheAxiomsWhatTheSourceSays(Shape shape) {
        Verdict verdict = Verdicts.on(shape);
        Shape.Ruling byAxioms = verdict.agreed().contains(shape.weak())
                ? Shape.Ruling.ALLOWED
                : verdict.allowed().contains(shape.weak()) ? Shape.Ruling.OPEN : Shape.Ruling.FORBIDDEN;
        assertThat(byAxioms).as(shape.name()).isEqualTo(shape.ruling());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void explorer_findsWhatTheAxiomsAllow_butForKnownLimits(Shape shape) {
        Verdict verdict = Verdicts.on(shape);
        assertThat(verdict.missing())
                .as(shape.name()
                        + ", allowed and not found: list what cannot be modelled in Limit, drop what is found now")
                .isEqualTo(Limit.outcomes(shape.name(), false));
        assertThat(verdict.excess())
                .as(shape.name() + ", found and not allowed: a false alarm")
                .isEqualTo(Limit.outcomes(shape.name(), true));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void explorer_reportsARace_ifTheAxiomsDo(Shape shape) {
        Verdict verdict = Verdicts.on(shape);
        assertThat(verdict.exploredRace()).as(shape.name()).isEqualTo(verdict.races());
    }

    /** Otherwise HotSpot would be wrong, or more likely the axioms. */
    @ParameterizedTest
    @MethodSource("shapes")
    void hardware_showsOnlyWhatTheAxiomsAllow(Shape shape) {
        Verdict verdict = Verdicts.on(shape);
        verdict.hardware()
                .forEach((processor, outcomes) -> assertThat(verdict.allowed())
                        .as(shape.name() + " on " + processor.title)
                        .containsAll(outcomes));
    }

    @ParameterizedTest
    @MethodSource("finalShapes")
    void explorer_findsWhatFinalFieldsAllow_butForKnownLimits(FinalShape shape) {
        SortedSet<String> explored = shape.explored();
        if (!explored.contains(FinalShape.RACE)) {
            assertThat(Verdict.without(new TreeSet<>(shape.allowed()), explored))
                    .as(shape.name())
                    .isEqualTo(Limit.outcomes(shape.name(), false));
        }
        explored.removeAll(shape.allowed());
        assertThat(explored).as(shape.name()).isEqualTo(Limit.outcomes(shape.name(), true));
    }
}
