package io.multishot.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows that operations that are not modelled are refused, by name. */
class RefusalTest {
    @ParameterizedTest
    @CsvSource({
        "threadSleep, java.lang.Thread.sleep",
        "threadTimedJoin, java.lang.Thread.join",
        "threadIsAlive, java.lang.Thread.isAlive",
        "timeUnitSleep, java.util.concurrent.TimeUnit.sleep",
        "concurrentMap, java.util.concurrent.ConcurrentHashMap.<init>",
        "concurrentMapByMethodReference, java.util.concurrent.ConcurrentHashMap.<init>",
        "lock, java.util.concurrent.locks.ReentrantReadWriteLock.<init>",
        "reflectionArraySet, java.lang.reflect.Array.set",
        "file, java.nio.file.Path.of",
        "stringReader, java.io.StringReader.<init>",
        "cloneOfAnObject, java.lang.Object.clone",
        "latch, java.util.concurrent.CountDownLatch.<init>",
        "executor, java.util.concurrent.Executors.newCachedThreadPool",
        "completableFuture, java.util.concurrent.CompletableFuture.completedFuture",
        "stampedReference, java.util.concurrent.atomic.AtomicStampedReference.<init>",
        "fieldUpdater, java.util.concurrent.atomic.AtomicIntegerFieldUpdater.newUpdater",
        "parkUntil, java.util.concurrent.locks.LockSupport.parkUntil",
        "reflectionFieldSet, java.lang.reflect.Field.setInt",
        "varHandleToMethodHandle, java.lang.invoke.VarHandle.toMethodHandle",
        "methodHandle, java.lang.invoke.MethodHandle.invoke",
        "threadLocal, java.lang.ThreadLocal.withInitial",
        "timer, java.util.Timer.<init>",
        "time, java.lang.System.currentTimeMillis",
        "random, java.util.Random.<init>",
        "threadLocalRandom, java.util.concurrent.ThreadLocalRandom.current",
        "uuid, java.util.UUID.randomUUID",
        "exit, java.lang.System.exit",
        "parallelStream, java.util.List.parallelStream",
        "streamSupport, java.util.stream.StreamSupport.stream",
        "unknownLibrary, org.objectweb.asm.Type.getType",
        "subclassOfConcurrentClass, java.util.concurrent.CompletableFuture.<init>",
        "subclassOfThread, java.lang.Thread.sleep",
        "initialiser, java.util.concurrent.ConcurrentHashMap.<init>",
        "evenIfCaught, java.lang.Thread.sleep"
    })
    void operation_notModelled_isRefusedByName(String scenario, String operation) {
        assertThatThrownBy(
                        () -> Exploration.of(RefusedScenarios.class, scenario).explore())
                .isInstanceOf(UnmodelledOperationException.class)
                .hasMessageContaining(RefusedScenarios.class.getName())
                .hasMessageContaining("reaches " + operation);
    }

    @Test
    void varHandle_thatIsNotOfAFieldOrArray_isRefused() {
        assertThatThrownBy(() -> Exploration.of(RefusedScenarios.class, "varHandleOfBytes")
                        .explore())
                .isInstanceOf(UnmodelledOperationException.class);
    }

    @Test
    void platformClasses_withoutConcurrency_areAllowed() {
        Report report = Exploration.of(RefusedScenarios.class, "harmless").explore();
        assertThat(report.assertExhaustedWithoutFailure().outcomes())
                .containsExactly("[Pair[a=x, b=2]] 1000000000java.util.concurrent.TimeoutException");
    }

    @Test
    void library_trusted_isAllowed() {
        Exploration.of(RefusedScenarios.class, "trusted")
                .trusting("org.objectweb.asm.")
                .explore()
                .assertExhaustedWithoutFailure();
    }

    @Test
    void refusedClass_substituted_isExploredAsTheStandIn() {
        Report report = Exploration.of(RefusedScenarios.class, "longAdder")
                .substituting("java.util.concurrent.atomic.LongAdder", RefusedScenarios.StandIn.class)
                .explore();
        assertThat(report.assertExhaustedWithoutFailure().outcomes()).containsExactly("sum 1");
    }

    @Test
    void probe_outsideOfAScenario_isRefused() {
        assertThatThrownBy(() -> Probe.outcome("x")).isInstanceOf(IllegalStateException.class);
    }
}
