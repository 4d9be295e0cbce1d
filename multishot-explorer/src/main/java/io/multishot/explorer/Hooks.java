package io.multishot.explorer;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The methods that rewritten code calls in place of an operation, or right before it. It is public for rewritten
 * code only, which lives in other packages; do not call it.
 */
public final class Hooks {
    private static final MethodHandle ON_VAR_HANDLE;
    private static final MethodHandle ON_ATOMIC;
    private static final MethodHandle ON_FIELD;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            ON_VAR_HANDLE = lookup.findStatic(Accesses.class, "onVarHandle", shape(Operation.class));
            ON_ATOMIC = lookup.findStatic(Accesses.class, "onAtomic", shape(Operation.class));
            ON_FIELD = lookup.findStatic(Accesses.class, "onField", shape(Operation.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Hooks() {}

    // ---- accesses that the explorer makes itself --------------------------------------------------------------------

    /**
     * Links a call of an access method of VarHandle.
     *
     * @param lookup the caller
     * @param name the method's name
     * @param type the handle and the arguments, and the result
     * @return the call
     */
    public static CallSite varHandle(MethodHandles.Lookup lookup, String name, MethodType type) {
        return collect(MethodHandles.insertArguments(ON_VAR_HANDLE, 0, Operation.ofVarHandle(name)), type);
    }

    /**
     * Links a call of an access method of AtomicInteger or one of its kind.
     *
     * @param lookup the caller
     * @param name the method's name
     * @param type the receiver and the arguments, and the result
     * @return the call
     */
    public static CallSite atomic(MethodHandles.Lookup lookup, String name, MethodType type) {
        return collect(MethodHandles.insertArguments(ON_ATOMIC, 0, Operation.ofAtomic(name)), type);
    }

    /**
     * Links the load of a field that is volatile, or whose races are intended.
     *
     * @param lookup the caller
     * @param name the field's name
     * @param type the owner, unless the field is static, and the value
     * @param field the field's number
     * @param isVolatile not 0 if the field is volatile
     * @return the access
     */
    public static CallSite fieldLoad(
            MethodHandles.Lookup lookup, String name, MethodType type, int field, int isVolatile) {
        Operation operation = isVolatile != 0 ? Operation.GET_VOLATILE : Operation.GET_PLAIN;
        return collect(MethodHandles.insertArguments(ON_FIELD, 0, operation, field), type);
    }

    /**
     * Links the store of a field that is volatile, or whose races are intended.
     *
     * @param lookup the caller
     * @param name the field's name
     * @param type the owner, unless the field is static, and the value
     * @param field the field's number
     * @param isVolatile not 0 if the field is volatile
     * @return the access
     */
    public static CallSite fieldStore(
            MethodHandles.Lookup lookup, String name, MethodType type, int field, int isVolatile) {
        Operation operation = isVolatile != 0 ? Operation.SET_VOLATILE : Operation.SET_PLAIN;
        return collect(MethodHandles.insertArguments(ON_FIELD, 0, operation, field), type);
    }

    private static MethodType shape(Class<?>... bound) {
        return MethodType.methodType(Object.class, bound).appendParameterTypes(Object[].class);
    }

    private static CallSite collect(MethodHandle target, MethodType type) {
        return new ConstantCallSite(
                target.asCollector(Object[].class, type.parameterCount()).asType(type));
    }

    // ---- plain accesses, which the explorer only watches ------------------------------------------------------------

    /**
     * Watches the load of a plain field.
     *
     * @param owner the object, null for a static field
     * @param field the field's number
     */
    public static void beforeFieldLoad(@Nullable Object owner, int field) {
        Accesses.watchField(owner, field, false);
    }

    /**
     * Watches the store of a plain field.
     *
     * @param owner the object, null for a static field
     * @param field the field's number
     */
    public static void beforeFieldStore(@Nullable Object owner, int field) {
        Accesses.watchField(owner, field, true);
    }

    /**
     * Watches the load of an element of an array.
     *
     * @param array the array
     * @param index the index
     */
    public static void beforeElementLoad(@Nullable Object array, int index) {
        Accesses.watchElement(array, index, false);
    }

    /**
     * Watches the store of an element of an array.
     *
     * @param array the array
     * @param index the index
     */
    public static void beforeElementStore(@Nullable Object array, int index) {
        Accesses.watchElement(array, index, true);
    }

    /**
     * In place of {@link System#arraycopy}.
     *
     * @param from the array to read
     * @param fromIndex its first index
     * @param to the array to write
     * @param toIndex its first index
     * @param length the number of elements
     */
    @SuppressWarnings("SuspiciousSystemArraycopy") // it checks its arguments itself
    public static void arraycopy(Object from, int fromIndex, Object to, int toIndex, int length) {
        for (int i = 0; i < length; i++) {
            Accesses.watchElement(from, fromIndex + i, false);
            Accesses.watchElement(to, toIndex + i, true);
        }
        System.arraycopy(from, fromIndex, to, toIndex, length);
    }

    // ---- objects of the platform ------------------------------------------------------------------------------------

    /**
     * Before a call does something with an object of the platform, or with an array.
     *
     * @param object the object
     * @param effect the call's effect on it
     */
    public static void touch(@Nullable Object object, int effect) {
        Watch.touch(object, effect);
    }

    /**
     * Before a method that the compiler wrote for a record.
     *
     * @param record the record, or what it is compared with
     * @param effect what the method does with the components
     */
    public static void touchComponents(@Nullable Object record, int effect) {
        Watch.touchComponents(record, effect);
    }

    /**
     * Before a number is asked for its value.
     *
     * @param number the number
     * @return what is to be asked in its place
     */
    public static Number number(Number number) {
        return Watch.number(number);
    }

    /**
     * After a call that may have returned a view of an object.
     *
     * @param result the call's result
     * @param from the object
     */
    public static void derive(@Nullable Object result, @Nullable Object from) {
        Watch.derive(result, from);
    }

    /**
     * Before an object is turned into text.
     *
     * @param object the object
     * @return the object to turn into text in its place
     */
    public static @Nullable Object printed(@Nullable Object object) {
        return Watch.printed(object);
    }

    /**
     * In place of the method {@code toString} of an atomic.
     *
     * @param atomic the atomic
     * @return its value as text
     */
    public static String atomicText(Object atomic) {
        return Watch.text(atomic);
    }

    // ---- threads ----------------------------------------------------------------------------------------------------

    /**
     * In place of {@link Thread#start}.
     *
     * @param thread the thread
     */
    public static void start(Thread thread) {
        ThreadActions.start(thread);
    }

    /**
     * In place of {@link Thread#join()}.
     *
     * @param thread the thread
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static void join(Thread thread) throws InterruptedException {
        ThreadActions.join(thread);
    }

    /**
     * In place of {@link Thread#interrupt}.
     *
     * @param thread the thread
     */
    public static void interrupt(Thread thread) {
        ThreadActions.interrupt(thread);
    }

    /**
     * In place of {@link Thread#isInterrupted}.
     *
     * @param thread the thread
     * @return true if it is interrupted
     */
    public static boolean isInterrupted(Thread thread) {
        return ThreadActions.isInterrupted(thread);
    }

    /**
     * In place of {@link Thread#interrupted}.
     *
     * @return true if the calling thread was interrupted
     */
    public static boolean interrupted() {
        return ThreadActions.interrupted();
    }

    /**
     * In place of {@link Thread#currentThread}.
     *
     * @return the scenario's thread
     */
    public static Thread currentThread() {
        return ThreadActions.currentThread();
    }

    /**
     * In place of {@link Thread#getId}, which would differ from execution to execution.
     *
     * @param thread one of the scenario's threads
     * @return its number in the scenario, where the first one is 0
     */
    public static long threadId(Thread thread) {
        return ThreadActions.threadId(thread);
    }

    /** In place of {@link Thread#onSpinWait}. */
    public static void onSpinWait() {
        ThreadActions.giveWay("onSpinWait");
    }

    /** In place of {@link Thread#yield}. */
    @SuppressWarnings("NamedLikeContextualKeyword") // as the method is called whose place it takes
    public static void yield() {
        ThreadActions.giveWay("yield");
    }

    /** In place of {@code LockSupport.park()}. */
    public static void park() {
        ThreadActions.park();
    }

    /**
     * In place of {@code LockSupport.park(Object)}.
     *
     * @param blocker no matter
     */
    public static void park(@Nullable Object blocker) {
        ThreadActions.park();
    }

    /**
     * In place of {@code LockSupport.parkNanos(long)}.
     *
     * @param nanos nanoseconds
     */
    public static void parkNanos(long nanos) {
        ThreadActions.parkNanos(nanos);
    }

    /**
     * In place of {@code LockSupport.parkNanos(Object, long)}.
     *
     * @param blocker no matter
     * @param nanos nanoseconds
     */
    public static void parkNanos(@Nullable Object blocker, long nanos) {
        ThreadActions.parkNanos(nanos);
    }

    /**
     * In place of {@code LockSupport.unpark}.
     *
     * @param thread the thread, or null
     */
    public static void unpark(@Nullable Thread thread) {
        ThreadActions.unpark(thread);
    }

    /**
     * In place of {@link System#nanoTime}.
     *
     * @return nanoseconds of the virtual clock
     */
    public static long nanoTime() {
        return ThreadActions.nanoTime();
    }

    /**
     * In place of {@link Runtime#availableProcessors}.
     *
     * @param runtime no matter
     * @return the number set for the exploration
     */
    public static int availableProcessors(Runtime runtime) {
        Carrier carrier = Carrier.current();
        return carrier == null
                ? runtime.availableProcessors()
                : carrier.execution().context.processors();
    }

    // ---- monitors ---------------------------------------------------------------------------------------------------

    /**
     * In place of the instruction that enters a monitor.
     *
     * @param object the object
     */
    public static void monitorEnter(Object object) {
        MonitorActions.enter(Objects.requireNonNull(object));
    }

    /**
     * In place of the instruction that leaves a monitor.
     *
     * @param object the object
     */
    public static void monitorExit(Object object) {
        MonitorActions.exit(object);
    }

    /**
     * In place of {@link Object#wait()}.
     *
     * @param object the object
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static void await(Object object) throws InterruptedException {
        MonitorActions.await(object, object, 0);
    }

    /**
     * In place of {@link Object#wait(long)}.
     *
     * @param object the object
     * @param millis milliseconds, zero for ever
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static void await(Object object, long millis) throws InterruptedException {
        MonitorActions.await(object, object, millis * 1_000_000);
    }

    /**
     * In place of {@link Object#wait(long, int)}.
     *
     * @param object the object
     * @param millis milliseconds
     * @param nanos nanoseconds beside; zero of both for ever
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static void await(Object object, long millis, int nanos) throws InterruptedException {
        MonitorActions.await(object, object, millis * 1_000_000 + nanos);
    }

    /**
     * In place of {@link Object#notify}.
     *
     * @param object the object
     */
    public static void signal(Object object) {
        MonitorActions.notify(object, object, false);
    }

    /**
     * In place of {@link Object#notifyAll}.
     *
     * @param object the object
     */
    public static void signalAll(Object object) {
        MonitorActions.notify(object, object, true);
    }

    /**
     * In place of {@link Thread#holdsLock}.
     *
     * @param object the object
     * @return true if the calling thread is inside of its monitor
     */
    public static boolean holdsLock(Object object) {
        return MonitorActions.isOwned(object);
    }

    // ---- fences -----------------------------------------------------------------------------------------------------

    /** In place of {@link VarHandle#fullFence}. */
    public static void fullFence() {
        Accesses.fence(Fence.FULL);
    }

    /** In place of {@link VarHandle#acquireFence}. */
    public static void acquireFence() {
        Accesses.fence(Fence.ACQUIRE);
    }

    /** In place of {@link VarHandle#releaseFence}. */
    public static void releaseFence() {
        Accesses.fence(Fence.RELEASE);
    }

    /** In place of {@link VarHandle#loadLoadFence}. */
    public static void loadLoadFence() {
        Accesses.fence(Fence.LOAD_LOAD);
    }

    /** In place of {@link VarHandle#storeStoreFence}. */
    public static void storeStoreFence() {
        Accesses.fence(Fence.STORE_STORE);
    }

    // ---- classes ----------------------------------------------------------------------------------------------------

    /**
     * In place of the lookup of a VarHandle.
     *
     * @param lookup the lookup
     * @param owner the class
     * @param name the field
     * @param type its type
     * @return the handle, known to the explorer
     * @throws NoSuchFieldException if there is no such field
     * @throws IllegalAccessException if the lookup may not access it
     */
    public static VarHandle findVarHandle(MethodHandles.Lookup lookup, Class<?> owner, String name, Class<?> type)
            throws NoSuchFieldException, IllegalAccessException {
        VarHandle handle = lookup.findVarHandle(owner, name, type);
        Carrier carrier = Carrier.current();
        return carrier == null ? handle : carrier.execution().context.registerField(handle, owner, name);
    }

    /**
     * In place of the lookup of a VarHandle of a static field.
     *
     * @param lookup the lookup
     * @param owner the class
     * @param name the field
     * @param type its type
     * @return the handle, known to the explorer
     * @throws NoSuchFieldException if there is no such field
     * @throws IllegalAccessException if the lookup may not access it
     */
    public static VarHandle findStaticVarHandle(MethodHandles.Lookup lookup, Class<?> owner, String name, Class<?> type)
            throws NoSuchFieldException, IllegalAccessException {
        VarHandle handle = lookup.findStaticVarHandle(owner, name, type);
        Carrier carrier = Carrier.current();
        return carrier == null ? handle : carrier.execution().context.registerField(handle, owner, name);
    }

    /**
     * In place of {@link MethodHandles#arrayElementVarHandle}.
     *
     * @param type the class of the array
     * @return the handle, known to the explorer
     */
    public static VarHandle arrayElementVarHandle(Class<?> type) {
        VarHandle handle = MethodHandles.arrayElementVarHandle(type);
        Carrier carrier = Carrier.current();
        return carrier == null ? handle : carrier.execution().context.registerArray(handle);
    }

    /**
     * In place of {@link ConstantBootstraps#fieldVarHandle}.
     *
     * @param lookup the lookup
     * @param name the field
     * @param type the class VarHandle
     * @param owner the class that has the field
     * @param fieldType the field's type
     * @return the handle, known to the explorer
     */
    public static VarHandle fieldVarHandle(
            MethodHandles.Lookup lookup, String name, Class<?> type, Class<?> owner, Class<?> fieldType) {
        VarHandle handle = ConstantBootstraps.fieldVarHandle(lookup, name, VarHandle.class, owner, fieldType);
        Carrier carrier = Carrier.current();
        return carrier == null ? handle : carrier.execution().context.registerField(handle, owner, name);
    }

    /**
     * In place of the method of {@code ConstantBootstraps} that looks up a static field.
     *
     * @param lookup the lookup
     * @param name the field
     * @param type the class VarHandle
     * @param owner the class that has the field
     * @param fieldType the field's type
     * @return the handle, known to the explorer
     */
    public static VarHandle staticFieldVarHandle(
            MethodHandles.Lookup lookup, String name, Class<?> type, Class<?> owner, Class<?> fieldType) {
        VarHandle handle = ConstantBootstraps.staticFieldVarHandle(lookup, name, VarHandle.class, owner, fieldType);
        Carrier carrier = Carrier.current();
        return carrier == null ? handle : carrier.execution().context.registerField(handle, owner, name);
    }

    /**
     * In place of the method of {@code ConstantBootstraps} that makes a handle of the elements of an array.
     *
     * @param lookup no matter
     * @param name no matter
     * @param type no matter
     * @param array the class of the array
     * @return the handle, known to the explorer
     */
    public static VarHandle arrayVarHandle(MethodHandles.Lookup lookup, String name, Class<?> type, Class<?> array) {
        return arrayElementVarHandle(array);
    }

    /**
     * At the start of a static initialiser. It runs once per exploration, so it must not take part in any execution.
     */
    public static void enterInitialiser() {
        Carrier carrier = Carrier.current();
        if (carrier != null) {
            carrier.logical().initialisers++;
        }
    }

    /** At the end of a static initialiser. */
    public static void exitInitialiser() {
        Carrier carrier = Carrier.current();
        if (carrier != null) {
            carrier.logical().initialisers--;
        }
    }

    /**
     * After an exception of any kind was caught. No code may catch the one that ends an execution.
     *
     * @param thrown the exception
     */
    public static void caught(Throwable thrown) {
        if (thrown instanceof Abandoned abandoned) {
            throw abandoned;
        }
    }

    /**
     * Before an operation that is not modelled.
     *
     * @param message names the operation, the place and the reason
     */
    public static void refuse(String message) {
        Accesses.refuse(message);
    }
}
