package io.multishot.explorer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes every execution of a scenario: every order of the steps of its threads, and every value that a load may return.
 * A scenario is a static method that starts a few threads, joins them and checks the result.
 *
 * <pre>{@code
 * public static void publication() throws InterruptedException {
 *     Cell cell = new Cell();
 *     Thread sender = new Thread(() -> cell.set(42));
 *     sender.start();
 *     Integer seen = cell.get();
 *     assert seen == null || seen == 42;
 *     sender.join();
 * }
 *
 * Exploration.of(CellScenarios.class, "publication")
 *         .rewriting("com.example.cell.")
 *         .explore()
 *         .assertExhaustedWithoutFailure();
 * }</pre>
 *
 * <p>The class of the scenario and the classes under the prefixes given to {@link #rewriting} are loaded afresh and
 * rewritten; everything else is used as it is. Static initialisers run once, and are not explored. Whatever an
 * execution writes to fields, arrays and atomics is taken back at its end, so that static state starts every execution
 * as the initialisers left it; the content of other objects that outlive an execution, such as a static
 * {@code ArrayList}, is not, and changing it makes the exploration fail as nondeterministic.
 *
 * <h2>Failures</h2>
 * An exception or assertion error that ends a thread; threads that nothing can wake; a data race of plain accesses; and
 * an execution that does not end.
 *
 * <h2>The memory model</h2>
 * Modelled are all accesses through VarHandles, volatile fields, the basic classes of
 * {@code java.util.concurrent.atomic} and the fences, each in its mode:
 * <ul>
 *   <li><b>plain</b>, by field, array element or VarHandle: must be ordered by <i>happens-before</i> with every
 *       conflicting access, atomic ones included; if it is not, that is a failure. Fields named to
 *       {@link #toleratingRaces} are accessed in opaque mode instead. Final fields are taken to be safely published.
 *   <li><b>opaque</b>: coherent. A load may read any store to its location that is not older than one that
 *       <i>happens-before</i> it, or that a load that happens-before it read. A store may take any place in the order
 *       of the stores to its location that these rules leave, whatever the order of execution.
 *   <li><b>acquire and release</b>: an acquire load that reads a release store, or the last of a chain of
 *       read-modify-writes of any mode that replaced it, puts what was before the store before what is after the load.
 *   <li><b>volatile</b>: as acquire and release, and all volatile accesses and full fences have one order, as RC11
 *       defines it. A volatile load synchronises with all volatile stores to its location up to the one it reads.
 *       Between a volatile store or read-modify-write and the next volatile access of its thread stands the equivalent
 *       of a full fence; between a volatile access and a weaker one stands nothing but its acquire or release. So an
 *       opaque store that follows a volatile one may be seen first, by volatile loads, too.
 *   <li><b>read-modify-writes</b> come right after the store that they read. A compare-and-set that fails is a load
 *       of its mode, and may fail by a stale value; a weak one may also fail for no reason, see {@link
 *       #spuriousFailures}.
 *   <li><b>fences</b>: as in C++, which the Java documentation refers to. A load-load fence counts as an acquire
 *       fence, a store-store fence as a release fence.
 *   <li><b>threads</b>: start, join and interrupts order memory as the language specification has it. An unpark
 *       makes visible what was stored before it to the thread whose park returns by it, but does not excuse a data
 *       race.
 * </ul>
 * Stale values do not stay for ever: a thread that spins sees, after its second {@code onSpinWait} or {@code yield},
 * what was newest at the first.
 *
 * <p>A thread that calls {@code onSpinWait} or {@code yield} again goes on only if another thread made a step since the
 * call before, or none can. So a spin that gives up after some turns does so only if the other threads make as many
 * steps meanwhile.
 * A {@code parkNanos} may always time out, which moves the virtual clock of {@code System.nanoTime} on by its time;
 * nothing else does.
 *
 * <p><b>Not explored</b> though the model of Java allows it: loads that read a store which executes later (so the weak
 * outcome of "load buffering" does not appear, nor do values out of thin air); loads that move back behind a
 * store-store fence; two plain or race-tolerating loads of one location in the wrong order. <b>Explored</b> though
 * every known processor excludes it: independent readers, by volatile loads, that see independent release or opaque
 * stores in different orders; a strong compare-and-set that fails by a stale value.
 *
 * <h2>Monitors, locks and objects of the platform</h2>
 * Entering a monitor, waiting and notifying are modelled; any thread that waits may be next. {@code ReentrantLock} and
 * {@code LongAdder} have stand-ins, which are used unless the class is named in {@link #trusting} or
 * {@link #substituting}. Other objects of the platform are not looked into: a call counts as a plain access of the
 * object that it is made on, of those that it is given, and of each element of an array, so that threads which share
 * one without order are a data race. An object that orders its own accesses, such as a {@code Vector}, is refused when
 * threads share it without order.
 *
 * <h2>Refused operations</h2>
 * An operation that is not on the list of what is modelled or harmless ends the exploration by an
 * {@link UnmodelledOperationException} when it is reached: thread methods and concurrent classes other than those named
 * above, thread locals, the system's time and random numbers, files, accesses by reflection, classes that are neither
 * rewritten nor trusted nor part of the platform. A loop that does nothing but compute cannot be ended.
 */
public final class Exploration {
    private final Class<?> scenarioClass;
    private final String method;
    private final List<String> prefixes = new ArrayList<>();
    private final List<String> trusted = new ArrayList<>();
    private final Map<String, String> standIns = new HashMap<>();
    private final Set<String> racyFields = new HashSet<>();
    private final Settings settings = new Settings();
    private Object[] arguments = {};

    private Exploration(Class<?> scenarioClass, String method) {
        this.scenarioClass = scenarioClass;
        this.method = method;
        prefixes.add(scenarioClass.getName());
        substituting("java.util.concurrent.locks.ReentrantLock", ReentrantLockStandIn.class);
        substituting("java.util.concurrent.atomic.LongAdder", LongAdderStandIn.class);
    }

    /**
     * An exploration of a scenario, with default settings.
     *
     * @param scenarioClass the class that has the scenario; it need not be public
     * @param method the name of a static method; of several, the one that takes the arguments
     * @return the exploration, to be adjusted and started
     */
    public static Exploration of(Class<?> scenarioClass, String method) {
        return new Exploration(scenarioClass, method);
    }

    /**
     * Names code to explore, beside the class of the scenario and those nested in it.
     *
     * @param classPrefixes the beginnings of the classes' full names, such as {@code "com.example."}
     * @return this
     */
    public Exploration rewriting(String... classPrefixes) {
        prefixes.addAll(Arrays.asList(classPrefixes));
        return this;
    }

    /**
     * Names code that is neither explored nor refused, for example a library of assertions.
     *
     * @param classPrefixes the beginnings of the classes' full names
     * @return this
     */
    public Exploration trusting(String... classPrefixes) {
        trusted.addAll(Arrays.asList(classPrefixes));
        return this;
    }

    /**
     * Names a class that takes the place of one of the platform in all code that is rewritten. It must have the methods
     * of the other that are called, and be among the classes to explore itself.
     *
     * @param original the full name of the class that is refused
     * @param standIn the class that behaves like it
     * @return this
     */
    public Exploration substituting(String original, Class<?> standIn) {
        standIns.put(original.replace('.', '/'), standIn.getName().replace('.', '/'));
        return this;
    }

    /**
     * Names fields whose plain accesses are meant to race. They are explored as opaque ones.
     *
     * @param fields full names, such as {@code "com.example.Cell.hint"}
     * @return this
     */
    public Exploration toleratingRaces(String... fields) {
        racyFields.addAll(Arrays.asList(fields));
        return this;
    }

    /**
     * Sets the arguments of the scenario. Its class is loaded afresh, so they have to be of types of the platform, such
     * as strings and boxed numbers.
     *
     * @param values the arguments
     * @return this
     */
    public Exploration with(Object... values) {
        arguments = values.clone();
        return this;
    }

    /**
     * Limits the number of executions, those included that are given up half-way. The default is a million.
     *
     * @param executions the limit
     * @return this
     */
    public Exploration maxExecutions(long executions) {
        settings.maxExecutions = executions;
        return this;
    }

    /**
     * Limits the number of steps of an execution; one that takes more has failed. The default is 5000.
     *
     * @param steps the limit
     * @return this
     */
    public Exploration maxSteps(int steps) {
        settings.maxSteps = steps;
        return this;
    }

    /**
     * Sets whether to leave out executions that differ from one already made only in the order of steps that commute.
     * This is the default. It finds the same failures and the same outcomes either way.
     *
     * @param enabled true to leave them out
     * @return this
     */
    public Exploration sleepSets(boolean enabled) {
        settings.sleepSets = enabled;
        return this;
    }

    /**
     * Sets how many times in an execution a {@code park} may return for no reason. The default is 1. A thread that
     * only such a wake-up would help still counts as blocked for ever.
     *
     * @param wakeups the number of wake-ups
     * @return this
     */
    public Exploration spuriousWakeups(int wakeups) {
        settings.spuriousWakeups = wakeups;
        return this;
    }

    /** Turns off, for tests to compare, that a thread is tried only where a race asks for it. */
    Exploration sourceSets(boolean used) {
        settings.sourceSets = used;
        return this;
    }

    /**
     * Sets how many times in an execution a {@code weakCompareAndSet} may fail for no reason. The default is 1.
     *
     * @param failures the number of failures
     * @return this
     */
    public Exploration spuriousFailures(int failures) {
        settings.spuriousFailures = failures;
        return this;
    }

    /**
     * Sets how many threads in an execution may stall for ever, each at any of its steps; the default is 0. The thread
     * of the scenario itself does not. A join of a stalled thread returns, without ordering memory, so that the
     * scenario can assert what the others may still rely on; {@link Probe#isStalled} tells which one it was.
     *
     * @param threads the number of threads
     * @return this
     */
    public Exploration stalls(int threads) {
        settings.stalls = threads;
        return this;
    }

    /**
     * Sets how many threads in an execution may die, each at any of its steps; the default is 0. The thread of the
     * scenario itself does not. Instead of the step, an error of the virtual machine is thrown; handlers and finally
     * blocks run, and if the error ends the thread, that is no failure.
     *
     * @param threads the number of threads
     * @return this
     */
    public Exploration deaths(int threads) {
        settings.deaths = threads;
        return this;
    }

    /**
     * Limits how many times in an execution a thread that could go on is left for another one. Only executions within
     * the limit are made, and the report counts them as all. Without the limit the number is any.
     *
     * @param switches the number of switches
     * @return this
     */
    public Exploration preemptions(int switches) {
        settings.preemptions = switches;
        return this;
    }

    /**
     * Makes executions at random instead of all, as many as {@link #maxExecutions} says. The same seed makes the same
     * ones. The report is never exhausted.
     *
     * @param seed the seed
     * @return this
     */
    public Exploration random(long seed) {
        settings.seed = seed;
        return this;
    }

    /**
     * Sets what {@link Runtime#availableProcessors} returns to rewritten code. The default is 2, whatever the
     * machine has.
     *
     * @param processors the number of processors
     * @return this
     */
    public Exploration processors(int processors) {
        settings.processors = processors;
        return this;
    }

    /**
     * Makes the executions, until all are made or one fails.
     *
     * @return the findings
     * @throws UnmodelledOperationException if the scenario reaches an operation that is not modelled
     * @throws IllegalArgumentException if there is no such scenario, or no such field as {@link #toleratingRaces} names
     * @throws IllegalStateException if the scenario is not deterministic, so that executions cannot be told apart
     */
    public Report explore() {
        ModelContext context = new ModelContext(
                scenarioClass.getClassLoader(),
                List.copyOf(prefixes),
                List.copyOf(trusted),
                standInsToUse(),
                Set.copyOf(racyFields),
                settings.processors);
        context.checkRacyFields();
        return new Explorer(context, settings, scenario(context)).explore();
    }

    /** Of classes that the user vouches for, or that are to be rewritten themselves, none takes the place. */
    private Map<String, String> standInsToUse() {
        Map<String, String> used = new HashMap<>(standIns);
        used.keySet().removeIf(original -> isTrusted(original.replace('/', '.')));
        return Map.copyOf(used);
    }

    private boolean isTrusted(String name) {
        return trusted.stream().anyMatch(name::startsWith);
    }

    private Runnable scenario(ModelContext context) {
        MethodHandle scenario;
        try {
            Method reflected = find(Class.forName(scenarioClass.getName(), false, context.loader()));
            reflected.setAccessible(true);
            MethodHandle bound =
                    MethodHandles.insertArguments(MethodHandles.lookup().unreflect(reflected), 0, arguments);
            scenario = bound.asType(MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot call scenario " + method + " of " + scenarioClass.getName(), e);
        }
        return () -> {
            try {
                scenario.invokeExact();
            } catch (Throwable e) {
                Explorer.rethrow(e);
            }
        };
    }

    private Method find(Class<?> rewritten) {
        List<String> others = new ArrayList<>();
        for (Method candidate : rewritten.getDeclaredMethods()) {
            if (candidate.getName().equals(method) && Modifier.isStatic(candidate.getModifiers())) {
                MethodType types = MethodType.methodType(void.class, candidate.getParameterTypes());
                if (accepts(types.wrap().parameterArray())) {
                    return candidate;
                }
                others.add(method + Arrays.toString(candidate.getParameterTypes()));
            }
        }
        throw new IllegalArgumentException("no static method " + method + " in " + scenarioClass.getName()
                + " takes the arguments " + Arrays.toString(arguments) + (others.isEmpty() ? "" : ", but " + others)
                + ": a scenario is a static method whose parameters fit what is given to with(...)");
    }

    private boolean accepts(Class<?>[] types) {
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (arguments[i] != null && !types[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }
}
