package io.multishot.tck.modelcheck;

import static io.multishot.tck.modelcheck.Deadlines.TICK;

import io.multishot.explorer.Exploration;
import io.multishot.explorer.Report;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A scenario of the channel or of the correlator, and how to explore it on the byte code of {@code multishot-core} that
 * is on the class path.
 *
 * @param scenarios the class that has the scenario
 * @param method its name
 * @param fault what may befall one of its threads, at any of its steps
 * @param processors how many it pretends
 * @param arguments its arguments
 */
@SuppressWarnings("ArrayRecordComponent") // no code compares or changes it
public record ChannelExploration(Class<?> scenarios, String method, Fault fault, int processors, Object... arguments) {
    private static final int MAX_EXECUTIONS = 1_000_000;

    /** What may befall one of the threads that a scenario starts. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** It makes no further step. */
        STALL,
        /** Instead of the step, an error of the virtual machine is thrown. */
        DEATH
    }

    /** Returns all scenarios but the large ones. */
    public static List<ChannelExploration> all() {
        return Stream.of(
                        endings()
                                .flatMap(ending -> Stream.of(
                                        of(LoomScenarios.class, "notification", ending),
                                        of(LoomScenarios.class, "changeOfCallback", ending, 1),
                                        of(LoomScenarios.class, "changeOfCallback", ending, 2),
                                        of(LoomScenarios.class, "recycling", ending, true),
                                        of(LoomScenarios.class, "recycling", ending, false),
                                        of(LoomScenarios.class, "recyclingWithoutReceiving", ending, true),
                                        of(LoomScenarios.class, "recyclingWithoutReceiving", ending, false),
                                        of(RivalScenarios.class, "cancel", ending),
                                        of(RivalScenarios.class, "staleSender", ending, "SEND"),
                                        of(RivalScenarios.class, "staleSender", "SEND", ending),
                                        of(RivalScenarios.class, "twoSenders", "SEND", ending, true),
                                        of(RivalScenarios.class, "twoSenders", "SEND", ending, false),
                                        of(AbandonScenarios.class, "ending", ending),
                                        of(BlockingScenarios.class, "ending", ending))),
                        Stream.of(
                                of(LoomScenarios.class, "recyclingPublishes"),
                                of(LoomScenarios.class, "recyclingWithCallback"),
                                of(LoomScenarios.class, "handOverWithoutOrder"),
                                of(RivalScenarios.class, "callbackRevoke"),
                                of(RivalScenarios.class, "receiverRevoke", true),
                                of(RivalScenarios.class, "receiverRevoke", false),
                                of(RivalScenarios.class, "cancelAndRevoke"),
                                of(RivalScenarios.class, "callbackMoves"),
                                of(RivalScenarios.class, "secondReceive", true),
                                of(RivalScenarios.class, "secondReceive", false),
                                of(RivalScenarios.class, "twoOpenings"),
                                of(RivalScenarios.class, "twoTries", false),
                                of(RivalScenarios.class, "twoTries", true),
                                of(RivalScenarios.class, "oneOpening"),
                                of(RivalScenarios.class, "openingAndReceiving"),
                                of(RivalScenarios.class, "givingUp"),
                                of(RivalScenarios.class, "rearmingFromInside"),
                                of(CloseScenarios.class, "receiving"),
                                of(CloseScenarios.class, "sendAndCancel"),
                                of(CloseScenarios.class, "sendAndReceive"),
                                of(CloseScenarios.class, "opening"),
                                of(CloseScenarios.class, "recycling", false),
                                of(CloseScenarios.class, "recycling", true),
                                of(CloseScenarios.class, "openingAndSending", false),
                                of(CloseScenarios.class, "openingAndSending", true),
                                of(CloseScenarios.class, "openingWithCallback"),
                                of(CloseScenarios.class, "recyclingWithCallback"),
                                of(AbandonScenarios.class, "revoke", false, false),
                                of(AbandonScenarios.class, "revoke", false, true),
                                of(AbandonScenarios.class, "revoke", true, false),
                                of(AbandonScenarios.class, "revoke", true, true),
                                of(AbandonScenarios.class, "opening"),
                                of(AbandonScenarios.class, "callback", false),
                                of(AbandonScenarios.class, "callback", true),
                                of(AbandonScenarios.class, "callbackRevoke"),
                                of(AbandonScenarios.class, "sendAndRevoke"),
                                of(BlockingScenarios.class, "receivingSide", false),
                                of(BlockingScenarios.class, "receivingSide", true),
                                of(BlockingScenarios.class, "timeout"),
                                of(BlockingScenarios.class, "interrupt"),
                                of(BlockingScenarios.class, "interruptAndSend")),
                        pairsOfEndings()
                                .flatMap(pair -> Stream.of(
                                        of(CorrelatorScenarios.class, "twoEndings", pair[0], pair[1], true),
                                        of(CorrelatorScenarios.class, "twoEndings", pair[0], pair[1], false))),
                        requestEndings()
                                .flatMap(ending -> Stream.of(
                                        of(CorrelatorScenarios.class, "receiving", ending),
                                        of(CorrelatorScenarios.class, "callbackCancel", ending),
                                        of(CorrelatorScenarios.class, "callbackRevoke", ending),
                                        of(BlockingScenarios.class, "request", ending))),
                        Stream.of(
                                of(CorrelatorScenarios.class, "trying"),
                                of(CorrelatorScenarios.class, "twoReceives", true),
                                of(CorrelatorScenarios.class, "twoReceives", false),
                                of(CorrelatorScenarios.class, "openAndClose", true),
                                of(CorrelatorScenarios.class, "openAndClose", false),
                                of(CorrelatorScenarios.class, "openAndFailAll"),
                                of(CorrelatorScenarios.class, "failAllAndOpen"),
                                of(CorrelatorScenarios.class, "openAndStop", true),
                                of(CorrelatorScenarios.class, "openAndStop", false),
                                of(CorrelatorScenarios.class, "twoCloses"),
                                of(SlotScenarios.class, "replyAndNext"),
                                of(SlotScenarios.class, "doubleAndNext"),
                                of(SlotScenarios.class, "lateAndReply"),
                                of(SlotScenarios.class, "sweepAndNext"),
                                of(SlotScenarios.class, "sweepAndNextAfterTimeout"),
                                of(SlotScenarios.class, "sweepAndDue"),
                                of(SlotScenarios.class, "revokeAndNext"),
                                of(SlotScenarios.class, "failAllAndNext"),
                                of(SlotScenarios.class, "openingWhileAllFail"),
                                of(SlotScenarios.class, "twoOpenings", 1, false),
                                of(SlotScenarios.class, "twoOpenings", 1, true),
                                of(SlotScenarios.class, "twoOpenings", 2, false),
                                of(SlotScenarios.class, "twoOpenings", 2, true),
                                of(SlotScenarios.class, "twoOpenings", 17, true).onTwoProcessors(),
                                of(SlotScenarios.class, "openingAndReuse"),
                                of(SlotScenarios.class, "openingAcrossStripes").onTwoProcessors(),
                                of(SlotScenarios.class, "lastOfTwoStripes").onTwoProcessors(),
                                of(SlotScenarios.class, "turns", 1, "COMPLETE"),
                                of(SlotScenarios.class, "turns", 1, "CANCEL"),
                                of(SlotScenarios.class, "turns", 2, "COMPLETE"),
                                of(SlotScenarios.class, "turns", 2, "CANCEL"),
                                of(SlotScenarios.class, "twoEndings", "COMPLETE"),
                                of(SlotScenarios.class, "twoEndings", "CANCEL"),
                                of(SlotScenarios.class, "openingFromInside"),
                                of(SlotScenarios.class, "openingAgain"),
                                of(SlotScenarios.class, "counting"),
                                of(SlotScenarios.class, "looking"),
                                of(AdmissionQueueScenarios.class, "cancelAndRelease"),
                                of(AdmissionQueueScenarios.class, "overtakeAndRelease"),
                                of(AdmissionQueueScenarios.class, "waitAndCancel"),
                                of(AdmissionQueueScenarios.class, "waitBehindAndCancel"),
                                of(AdmissionQueueScenarios.class, "failAllAndCancel"),
                                of(AdmissionQueueScenarios.class, "refuseAndCancel"),
                                of(AdmissionQueueScenarios.class, "openAndCancel"),
                                of(AdmissionQueueScenarios.class, "failAllAndRelease"),
                                of(AdmissionQueueScenarios.class, "waitAndRelease"),
                                of(AdmissionQueueScenarios.class, "waitAndTurn"),
                                of(AdmissionQueueScenarios.class, "twoReleases"),
                                of(AdmissionQueueScenarios.class, "cancelAndNext"),
                                of(AdmissionQueueScenarios.class, "openAndCancelThenWait"),
                                of(AdmissionQueueScenarios.class, "waitAndClose"),
                                of(AdmissionQueueScenarios.class, "closeAndRelease"),
                                of(AdmissionQueueScenarios.class, "expireAndRelease"),
                                of(AdmissionQueueScenarios.class, "twoWaits")),
                        timers())
                .flatMap(scenarios -> scenarios)
                .distinct()
                .toList();
    }

    private static Stream<ChannelExploration> timers() {
        return Stream.concat(
                Stream.of(
                        of(TimerScenarios.class, "opening", TICK),
                        of(TimerScenarios.class, "opening", TICK / 2),
                        of(TimerScenarios.class, "openingAndTime", TICK),
                        of(TimerScenarios.class, "reuse", TICK / 2),
                        of(TimerScenarios.class, "reuse", 2 * TICK),
                        of(TimerScenarios.class, "extension", TICK, 2 * TICK),
                        of(TimerScenarios.class, "extension", 9 * TICK, TICK),
                        of(TimerScenarios.class, "overdue"),
                        of(TimerScenarios.class, "extensionAndReuse", TICK),
                        of(TimerScenarios.class, "extensionAndReuse", 9 * TICK),
                        of(TimerScenarios.class, "lostWakeUp"),
                        of(TimerScenarios.class, "lostMeanwhile"),
                        of(TimerScenarios.class, "sweepAndTimer"),
                        of(TimerScenarios.class, "receiving"),
                        of(TimerScenarios.class, "receivingAndExtension"),
                        of(TimerScenarios.class, "receivingAndReply")),
                Stream.of(
                                faults("lostThenAnother"),
                                faults("sweepThenTimer"),
                                faults("receivingStops"),
                                faults("openingThenAnother", TICK, 2 * TICK),
                                faults("openingThenAnother", 2 * TICK, TICK),
                                faults("openingThenAnother", TICK, TICK))
                        .flatMap(scenarios -> scenarios));
    }

    /** Returns those that take ten seconds to two minutes. */
    public static List<ChannelExploration> large() {
        return Stream.concat(
                        Stream.of(
                                of(TimerScenarios.class, "openingAndSweep", TICK),
                                of(TimerScenarios.class, "twoWakeUps"),
                                of(TimerScenarios.class, "receivingAndNext"),
                                fault(Fault.DEATH, "openingAndTime", TICK),
                                fault(Fault.DEATH, "overdue")),
                        Stream.of(
                                        faults("opening", TICK),
                                        faults("reuse", TICK / 2),
                                        faults("reuse", 2 * TICK),
                                        faults("extension", TICK, 2 * TICK))
                                .flatMap(scenarios -> scenarios))
                .toList();
    }

    private static Stream<ChannelExploration> faults(String method, Object... arguments) {
        return Stream.of(Fault.STALL, Fault.DEATH).map(fault -> fault(fault, method, arguments));
    }

    private static ChannelExploration fault(Fault fault, String method, Object... arguments) {
        return new ChannelExploration(TimerScenarios.class, method, fault, 1, arguments);
    }

    /**
     * Finds a scenario by its name.
     *
     * @param name the scenario's {@link #toString}
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ChannelExploration find(String name) {
        return Stream.concat(all().stream(), large().stream())
                .filter(scenario -> scenario.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name + " among " + all()));
    }

    private static Stream<String> endings() {
        return Stream.of(Scenario.Ending.values()).map(Enum::name);
    }

    private static Stream<String> requestEndings() {
        return Stream.of(Requests.Ending.values()).map(Enum::name);
    }

    /** Returns each pair once. */
    private static Stream<String[]> pairsOfEndings() {
        return requestEndings()
                .flatMap(one -> requestEndings()
                        .filter(other -> Requests.Ending.valueOf(one).compareTo(Requests.Ending.valueOf(other)) <= 0)
                        .map(other -> new String[] {one, other}));
    }

    private static ChannelExploration of(Class<?> scenarios, String method, Object... arguments) {
        return new ChannelExploration(scenarios, method, Fault.NONE, 1, arguments);
    }

    private ChannelExploration onTwoProcessors() {
        return new ChannelExploration(scenarios, method, fault, 2, arguments);
    }

    /**
     * Explores every execution, up to a million, pruned ones included.
     *
     * <p>It pretends one processor, so that a blocking receive parks at once: its spin adds no state that parking does
     * not reach. A free list that has more than one stripe needs two.
     */
    public Report explore() {
        return Exploration.of(scenarios, method)
                .with(arguments)
                .rewriting(CoreClasses.names())
                .rewriting("io.multishot.tck.modelcheck.")
                .trusting(CoreClasses.trusted())
                .substituting("java.util.concurrent.ConcurrentLinkedQueue", OneStepQueue.class)
                .substituting("io.multishot.correlator.SharedTimer", ModelTimer.class)
                .substituting("io.multishot.internal.UncaughtExceptions", FailingReports.class)
                .processors(processors)
                .stalls(fault == Fault.STALL ? 1 : 0)
                .deaths(fault == Fault.DEATH ? 1 : 0)
                .maxExecutions(MAX_EXECUTIONS)
                .explore();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelExploration exploration && toString().equals(exploration.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return scenarios.getSimpleName().replace("Scenarios", "") + "." + method + List.of(arguments)
                + (fault == Fault.NONE ? "" : " with a " + fault.name().toLowerCase(Locale.ROOT));
    }
}
