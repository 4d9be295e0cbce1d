package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Hooks;
import reactor.util.context.Context;

/**
 * What {@code exchange} and both forms of {@code request} have in common: they call code of the user, and cancel
 * revokes.
 */
@ParameterizedClass
@EnumSource(value = OutcomeForm.Kind.class, mode = EnumSource.Mode.MATCH_NONE, names = "RECEIVE.*")
class AskingRulesTest {
    private static final String HOOK = "AskingRulesTest";
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final OutcomeForm form;
    private final RecordingSubscriber<String> subscriber = RecordingSubscriber.unbounded();
    private final RecordingSubscriber<String> patient = RecordingSubscriber.patient();

    AskingRulesTest(OutcomeForm.Kind kind) {
        form = kind.create();
    }

    @AfterEach
    void resetHooks() {
        Hooks.resetOnOperatorError(HOOK);
    }

    /** Subscribes to a Mono whose code of the user does this, and requests. */
    private void ask(RecordingSubscriber<String> asking, Runnable code) {
        form.assemble(code).subscribe(asking);
        if (asking == patient) {
            patient.request(1);
        }
    }

    private void expectRevokedAndNextIsAnswered() {
        assertThat(form.answer("late")).isFalse();
        RecordingSubscriber<String> next = RecordingSubscriber.unbounded();
        form.assemble().subscribe(next);
        next.expectNoSignal();
        assertThat(form.answer("next")).isTrue();
        next.expectValue("next");
    }

    /** Throws anything, as code of the user may. */
    @SuppressWarnings("unchecked") // erased: nothing is cast
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void answer_fromInside_isSignalled() {
        AtomicBoolean accepted = new AtomicBoolean();

        ask(subscriber, () -> accepted.set(form.answer("value")));

        assertThat(accepted).isTrue();
        subscriber.expectValue("value");
        subscriber.expectNothingLeftOver();
    }

    static Stream<Throwable> throwables() {
        return Stream.of(CAUSE, new IllegalStateException("the code's own"), new AssertionError("not fatal"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void code_throws_isSignalledOnceAndRevokes(Throwable thrown) {
        ask(subscriber, () -> AskingRulesTest.sneak(thrown));

        subscriber.expectError(thrown);
        subscriber.expectNothingLeftOver();
        expectRevokedAndNextIsAnswered();
    }

    @Test
    void code_throwsAfterTheAnswer_errorIsDropped() {
        ask(subscriber, () -> {
            form.answer("value");
            throw CAUSE;
        });

        subscriber.expectValue("value");
        assertThat(subscriber.droppedErrors()).containsExactly(CAUSE);
    }

    @Test
    void code_throwsAfterCancel_errorIsDropped() {
        ask(patient, () -> {
            patient.cancel();
            throw CAUSE;
        });

        patient.expectNoSignal();
        assertThat(patient.droppedErrors()).containsExactly(CAUSE);
        expectRevokedAndNextIsAnswered();
    }

    @Test
    void code_throws_errorGoesThroughTheOperatorErrorHook() {
        RuntimeException mapped = new RuntimeException("mapped");
        Hooks.onOperatorError(HOOK, (error, value) -> error == CAUSE ? mapped : error);

        ask(subscriber, () -> {
            throw CAUSE;
        });

        subscriber.expectError(mapped);
    }

    @Test
    void code_throws_errorGoesThroughTheHookOfTheContext() {
        RuntimeException mapped = new RuntimeException("mapped");
        BiFunction<Throwable, Object, Throwable> hook = (error, value) -> error == CAUSE ? mapped : error;

        form.assemble(() -> AskingRulesTest.sneak(CAUSE))
                .contextWrite(Context.of("reactor.onOperatorError.local", hook))
                .subscribe(subscriber);

        subscriber.expectError(mapped);
    }

    /** The queue for a slot reports it to the thread instead, since others may wait in it. */
    @Test
    void code_throwsFatal_reachesTheRequestOrTheThreadAndRevokes() {
        InternalError fatal = new InternalError("fatal");
        List<Throwable> seen = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> seen.add(thrown));

        Throwable thrown = catchThrowable(() -> ask(patient, () -> {
            throw fatal;
        }));

        if (form.isQueued()) {
            assertThat(seen).containsExactly(fatal);
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).isSameAs(fatal);
        }
        patient.expectNoSignal();
        expectRevokedAndNextIsAnswered();
    }

    @Test
    void cancel_whileWaiting_revokes() {
        ask(subscriber, () -> {});

        subscriber.cancel();

        expectRevokedAndNextIsAnswered();
        subscriber.expectNoSignal();
        subscriber.expectNothingLeftOver();
    }

    @Test
    void cancel_fromInside_revokes() {
        ask(patient, () -> {
            patient.cancel();
            assertThat(form.answer("late")).isFalse();
        });

        patient.expectNoSignal();
        patient.expectNothingLeftOver();
        expectRevokedAndNextIsAnswered();
    }

    @Test
    void badRequest_whileWaiting_revokes() {
        ask(subscriber, () -> {});

        subscriber.request(0);

        subscriber.expectError(IllegalArgumentException.class);
        expectRevokedAndNextIsAnswered();
    }

    @Test
    void badRequest_fromInside_revokes() {
        ask(patient, () -> {
            patient.request(-1);
            assertThat(form.answer("late")).isFalse();
        });

        patient.expectError(IllegalArgumentException.class);
        patient.expectNothingLeftOver();
        expectRevokedAndNextIsAnswered();
    }
}
