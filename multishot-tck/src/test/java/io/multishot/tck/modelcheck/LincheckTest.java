package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Scenario.checkEquals;
import static io.multishot.tck.modelcheck.Scenario.join;
import static io.multishot.tck.modelcheck.Scenario.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A second opinion on the scenarios, by Lincheck, which has nothing in common with our explorer.
 *
 * <p>It says less than the explorer does. It knows sequentially consistent executions only, so that a missing memory
 * order escapes it; and it stops after {@code -Dlincheck.executions} of them, or earlier when there are no more, and
 * does not say which.
 *
 * <p>{@link BlockingScenarios} are left out: it lets a park return for no reason, so that a lost wake-up passes. So are
 * those whose table has two stripes of free slots, of which it makes no more than three executions.
 */
class LincheckTest {
    private static final int EXECUTIONS = Integer.getInteger("lincheck.executions", 30);

    /** Fewer show that Lincheck did not see into the scenario: then there are about three. */
    private static final int FEWEST = 6;

    private static final Set<Class<?>> CHANNEL =
            Set.of(LoomScenarios.class, RivalScenarios.class, CloseScenarios.class, AbandonScenarios.class);

    private static final Set<Class<?>> CORRELATOR =
            Set.of(CorrelatorScenarios.class, SlotScenarios.class, AdmissionQueueScenarios.class);

    static List<ChannelExploration> channel() {
        return of(CHANNEL);
    }

    static List<ChannelExploration> correlator() {
        return of(CORRELATOR);
    }

    private static List<ChannelExploration> of(Set<Class<?>> scenarios) {
        return ChannelExploration.all().stream()
                .filter(scenario -> scenarios.contains(scenario.scenarios()) && scenario.processors() == 1)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("channel")
    void channel_exploredByLincheck_holds(ChannelExploration scenario) {
        assertThat(explore(body(scenario))).as("executions").isBetween(FEWEST, EXECUTIONS);
    }

    @ParameterizedTest
    @MethodSource("correlator")
    @EnabledIfSystemProperty(named = "evidence", matches = "true", disabledReason = "takes minutes: -Pevidence")
    void correlator_exploredByLincheck_holds(ChannelExploration scenario) {
        assertThat(explore(body(scenario))).as("executions").isBetween(FEWEST, EXECUTIONS);
    }

    /** Two threads, as the scenarios have: were one of them not explored, nothing would be found. */
    @Test
    void lostWakeUp_exploredByLincheck_isFound() {
        assertThatThrownBy(() -> explore(() -> {
                    CheckThenSet cell = new CheckThenSet();
                    AtomicInteger calls = new AtomicInteger();
                    Thread thread = start(() -> cell.send(Scenario.VALUE));
                    cell.receive(calls::getAndIncrement);
                    join(thread);
                    checkEquals(1, calls.get(), "calls");
                }))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("calls: expected 1 but was 0");
    }

    /** Returns how many executions it took. */
    private static int explore(Runnable body) {
        AtomicInteger executions = new AtomicInteger();
        Lincheck.runConcurrentTest(EXECUTIONS, () -> {
            executions.getAndIncrement();
            body.run();
        });
        return executions.get();
    }

    /**
     * Calls each by a lambda of this class: into what is called by reflection or a method reference, Lincheck does not
     * see.
     */
    private static Runnable body(ChannelExploration scenario) {
        Object[] with = scenario.arguments();
        return switch (scenario.scenarios().getSimpleName() + "." + scenario.method()) {
            case "LoomScenarios.notification" -> () -> LoomScenarios.notification((String) with[0]);
            case "LoomScenarios.changeOfCallback" ->
                () -> LoomScenarios.changeOfCallback((String) with[0], (int) with[1]);
            case "LoomScenarios.recycling" -> () -> LoomScenarios.recycling((String) with[0], (boolean) with[1]);
            case "LoomScenarios.recyclingWithoutReceiving" ->
                () -> LoomScenarios.recyclingWithoutReceiving((String) with[0], (boolean) with[1]);
            case "LoomScenarios.recyclingPublishes" -> () -> LoomScenarios.recyclingPublishes();
            case "LoomScenarios.recyclingWithCallback" -> () -> LoomScenarios.recyclingWithCallback();
            case "LoomScenarios.handOverWithoutOrder" -> () -> LoomScenarios.handOverWithoutOrder();
            case "RivalScenarios.cancel" -> () -> RivalScenarios.cancel((String) with[0]);
            case "RivalScenarios.staleSender" -> () -> RivalScenarios.staleSender((String) with[0], (String) with[1]);
            case "RivalScenarios.twoSenders" ->
                () -> RivalScenarios.twoSenders((String) with[0], (String) with[1], (boolean) with[2]);
            case "RivalScenarios.callbackRevoke" -> () -> RivalScenarios.callbackRevoke();
            case "RivalScenarios.receiverRevoke" -> () -> RivalScenarios.receiverRevoke((boolean) with[0]);
            case "RivalScenarios.cancelAndRevoke" -> () -> RivalScenarios.cancelAndRevoke();
            case "RivalScenarios.callbackMoves" -> () -> RivalScenarios.callbackMoves();
            case "RivalScenarios.secondReceive" -> () -> RivalScenarios.secondReceive((boolean) with[0]);
            case "RivalScenarios.twoOpenings" -> () -> RivalScenarios.twoOpenings();
            case "RivalScenarios.twoTries" -> () -> RivalScenarios.twoTries((boolean) with[0]);
            case "RivalScenarios.oneOpening" -> () -> RivalScenarios.oneOpening();
            case "RivalScenarios.openingAndReceiving" -> () -> RivalScenarios.openingAndReceiving();
            case "RivalScenarios.givingUp" -> () -> RivalScenarios.givingUp();
            case "RivalScenarios.rearmingFromInside" -> () -> RivalScenarios.rearmingFromInside();
            case "AbandonScenarios.revoke" -> () -> AbandonScenarios.revoke((boolean) with[0], (boolean) with[1]);
            case "AbandonScenarios.opening" -> () -> AbandonScenarios.opening();
            case "AbandonScenarios.ending" -> () -> AbandonScenarios.ending((String) with[0]);
            case "AbandonScenarios.callback" -> () -> AbandonScenarios.callback((boolean) with[0]);
            case "AbandonScenarios.callbackRevoke" -> () -> AbandonScenarios.callbackRevoke();
            case "AbandonScenarios.sendAndRevoke" -> () -> AbandonScenarios.sendAndRevoke();
            case "CloseScenarios.receiving" -> () -> CloseScenarios.receiving();
            case "CloseScenarios.sendAndCancel" -> () -> CloseScenarios.sendAndCancel();
            case "CloseScenarios.sendAndReceive" -> () -> CloseScenarios.sendAndReceive();
            case "CloseScenarios.opening" -> () -> CloseScenarios.opening();
            case "CloseScenarios.recycling" -> () -> CloseScenarios.recycling((boolean) with[0]);
            case "CloseScenarios.openingAndSending" -> () -> CloseScenarios.openingAndSending((boolean) with[0]);
            case "CloseScenarios.openingWithCallback" -> () -> CloseScenarios.openingWithCallback();
            case "CloseScenarios.recyclingWithCallback" -> () -> CloseScenarios.recyclingWithCallback();
            case "CorrelatorScenarios.twoEndings" ->
                () -> CorrelatorScenarios.twoEndings((String) with[0], (String) with[1], (boolean) with[2]);
            case "CorrelatorScenarios.receiving" -> () -> CorrelatorScenarios.receiving((String) with[0]);
            case "CorrelatorScenarios.callbackCancel" -> () -> CorrelatorScenarios.callbackCancel((String) with[0]);
            case "CorrelatorScenarios.callbackRevoke" -> () -> CorrelatorScenarios.callbackRevoke((String) with[0]);
            case "CorrelatorScenarios.trying" -> () -> CorrelatorScenarios.trying();
            case "CorrelatorScenarios.twoReceives" -> () -> CorrelatorScenarios.twoReceives((boolean) with[0]);
            case "CorrelatorScenarios.openAndClose" -> () -> CorrelatorScenarios.openAndClose((boolean) with[0]);
            case "CorrelatorScenarios.openAndFailAll" -> () -> CorrelatorScenarios.openAndFailAll();
            case "CorrelatorScenarios.failAllAndOpen" -> () -> CorrelatorScenarios.failAllAndOpen();
            case "CorrelatorScenarios.openAndStop" -> () -> CorrelatorScenarios.openAndStop((boolean) with[0]);
            case "CorrelatorScenarios.twoCloses" -> () -> CorrelatorScenarios.twoCloses();
            case "SlotScenarios.replyAndNext" -> () -> SlotScenarios.replyAndNext();
            case "SlotScenarios.doubleAndNext" -> () -> SlotScenarios.doubleAndNext();
            case "SlotScenarios.lateAndReply" -> () -> SlotScenarios.lateAndReply();
            case "SlotScenarios.sweepAndNext" -> () -> SlotScenarios.sweepAndNext();
            case "SlotScenarios.sweepAndNextAfterTimeout" -> () -> SlotScenarios.sweepAndNextAfterTimeout();
            case "SlotScenarios.sweepAndDue" -> () -> SlotScenarios.sweepAndDue();
            case "SlotScenarios.revokeAndNext" -> () -> SlotScenarios.revokeAndNext();
            case "SlotScenarios.failAllAndNext" -> () -> SlotScenarios.failAllAndNext();
            case "SlotScenarios.openingWhileAllFail" -> () -> SlotScenarios.openingWhileAllFail();
            case "SlotScenarios.twoOpenings" -> () -> SlotScenarios.twoOpenings((int) with[0], (boolean) with[1]);
            case "SlotScenarios.openingAndReuse" -> () -> SlotScenarios.openingAndReuse();
            case "SlotScenarios.turns" -> () -> SlotScenarios.turns((int) with[0], (String) with[1]);
            case "SlotScenarios.twoEndings" -> () -> SlotScenarios.twoEndings((String) with[0]);
            case "SlotScenarios.openingFromInside" -> () -> SlotScenarios.openingFromInside();
            case "SlotScenarios.openingAgain" -> () -> SlotScenarios.openingAgain();
            case "SlotScenarios.counting" -> () -> SlotScenarios.counting();
            case "SlotScenarios.looking" -> () -> SlotScenarios.looking();
            case "AdmissionQueueScenarios.waitAndRelease" -> () -> AdmissionQueueScenarios.waitAndRelease();
            case "AdmissionQueueScenarios.waitAndTurn" -> () -> AdmissionQueueScenarios.waitAndTurn();
            case "AdmissionQueueScenarios.overtakeAndRelease" -> () -> AdmissionQueueScenarios.overtakeAndRelease();
            case "AdmissionQueueScenarios.twoReleases" -> () -> AdmissionQueueScenarios.twoReleases();
            case "AdmissionQueueScenarios.cancelAndRelease" -> () -> AdmissionQueueScenarios.cancelAndRelease();
            case "AdmissionQueueScenarios.cancelAndNext" -> () -> AdmissionQueueScenarios.cancelAndNext();
            case "AdmissionQueueScenarios.waitAndCancel" -> () -> AdmissionQueueScenarios.waitAndCancel();
            case "AdmissionQueueScenarios.waitBehindAndCancel" -> () -> AdmissionQueueScenarios.waitBehindAndCancel();
            case "AdmissionQueueScenarios.openAndCancelThenWait" ->
                () -> AdmissionQueueScenarios.openAndCancelThenWait();
            case "AdmissionQueueScenarios.refuseAndCancel" -> () -> AdmissionQueueScenarios.refuseAndCancel();
            case "AdmissionQueueScenarios.openAndCancel" -> () -> AdmissionQueueScenarios.openAndCancel();
            case "AdmissionQueueScenarios.waitAndClose" -> () -> AdmissionQueueScenarios.waitAndClose();
            case "AdmissionQueueScenarios.closeAndRelease" -> () -> AdmissionQueueScenarios.closeAndRelease();
            case "AdmissionQueueScenarios.failAllAndCancel" -> () -> AdmissionQueueScenarios.failAllAndCancel();
            case "AdmissionQueueScenarios.failAllAndRelease" -> () -> AdmissionQueueScenarios.failAllAndRelease();
            case "AdmissionQueueScenarios.expireAndRelease" -> () -> AdmissionQueueScenarios.expireAndRelease();
            case "AdmissionQueueScenarios.twoWaits" -> () -> AdmissionQueueScenarios.twoWaits();
            default -> throw new IllegalArgumentException("to be named here too: " + scenario);
        };
    }

    /** Broken: a value that comes between the read and the registration calls no receive. */
    private static final class CheckThenSet {
        private volatile @Nullable Integer value;
        private volatile @Nullable Runnable callback;

        void receive(Runnable callback) {
            if (value == null) {
                this.callback = callback;
            } else {
                callback.run();
            }
        }

        void send(int value) {
            this.value = value;
            Runnable waiting = callback;
            if (waiting != null) {
                waiting.run();
            }
        }
    }
}
