package io.multishot.tck.reactivestreams;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testng.IAnnotationTransformer;
import org.testng.IInvokedMethod;
import org.testng.IInvokedMethodListener;
import org.testng.ITestResult;
import org.testng.annotations.ITestAnnotation;

/**
 * Gives each test of TestNG a time limit. When a test exceeds it, this class prints the stacks of all threads and the
 * test fails. The build names this class to TestNG; JUnit has a limit of its own.
 */
public final class TimeLimit implements IAnnotationTransformer, IInvokedMethodListener {
    private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(Long.getLong("test.seconds", 60));
    /** TestNG interrupts the test so much later, when the stacks are printed. */
    private static final long GRACE_MILLIS = 1_000;

    private final Map<ITestResult, CompletableFuture<Void>> dumps = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("rawtypes") // as TestNG declares them
    public void transform(
            ITestAnnotation annotation,
            @Nullable Class testClass,
            @Nullable Constructor testConstructor,
            @Nullable Method testMethod) {
        annotation.setTimeOut(LIMIT_MILLIS + GRACE_MILLIS);
    }

    @Override
    public void beforeInvocation(IInvokedMethod method, ITestResult result) {
        dumps.put(
                result,
                CompletableFuture.runAsync(
                        () -> printStacks(method),
                        CompletableFuture.delayedExecutor(LIMIT_MILLIS, TimeUnit.MILLISECONDS)));
    }

    @Override
    public void afterInvocation(IInvokedMethod method, ITestResult result) {
        Objects.requireNonNull(dumps.remove(result)).cancel(false);
    }

    private static void printStacks(IInvokedMethod method) {
        System.out.println(method + " exceeds " + LIMIT_MILLIS + " ms; all threads:");
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            System.out.println("\n" + thread + " " + thread.getState());
            Arrays.stream(stack).forEach(frame -> System.out.println("\tat " + frame));
        });
    }
}
