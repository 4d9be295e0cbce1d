package io.multishot.explorer.litmus;

import io.multishot.explorer.Probe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Executes a {@link Program}. Explored, not run as a test. A thread keeps the program and its registers in local
 * variables, so that the accesses of the program are the only ones that threads share.
 */
final class ProgramScenario {
    private static final VarHandle X = field("x");
    private static final VarHandle Y = field("y");
    private static final VarHandle Z = field("z");
    private static final VarHandle W = field("w");

    /** The shared variables, and what each thread read: a nibble a register, 15 for one that was not written. */
    static final class Vars {
        int x;
        int y;
        int z;
        int w;
        int read0 = -1;
        int read1 = -1;
        int read2 = -1;
        int read3 = -1;
    }

    private ProgramScenario() {}

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(Vars.class, name, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static void run(String a, String b, String c, String d, int registers, String finals) throws InterruptedException {
        Vars v = new Vars();
        Thread t1 = b.isEmpty() ? null : new Thread(() -> v.read1 = execute(b, v));
        Thread t2 = c.isEmpty() ? null : new Thread(() -> v.read2 = execute(c, v));
        Thread t3 = d.isEmpty() ? null : new Thread(() -> v.read3 = execute(d, v));
        start(t1);
        start(t2);
        start(t3);
        v.read0 = execute(a, v);
        join(t1);
        join(t2);
        join(t3);
        int all = v.read0 & v.read1 & v.read2 & v.read3;
        String outcome = "";
        for (int i = 0; i < registers; i++) {
            int value = (all >>> (4 * i)) & 15;
            outcome += (i == 0 ? "" : ",") + (value == 15 ? "-" : "" + value);
        }
        for (int i = 0; i < finals.length(); i++) {
            outcome +=
                    (outcome.isEmpty() ? "" : ",") + (int) at(finals.charAt(i)).getVolatile(v);
        }
        Probe.outcome(outcome);
    }

    private static void start(@Nullable Thread thread) {
        if (thread != null) {
            thread.start();
        }
    }

    private static void join(@Nullable Thread thread) throws InterruptedException {
        if (thread != null) {
            thread.join();
        }
    }

    private static VarHandle at(char location) {
        return switch (location) {
            case '0' -> X;
            case '1' -> Y;
            case '2' -> Z;
            default -> W;
        };
    }

    private static int execute(String code, Vars v) {
        int registers = -1;
        for (int i = 0; i < code.length(); i += 6) {
            char mode = code.charAt(i + 1);
            VarHandle at = at(code.charAt(i + 2));
            int first = value(code.charAt(i + 3), registers);
            int second = value(code.charAt(i + 4), registers);
            int to = 4 * (code.charAt(i + 5) - '0');
            int read;
            switch (code.charAt(i)) {
                case 'R' -> read = load(at, mode, v);
                case 'A' -> read = add(at, mode, v, first);
                case 'S' -> read = swap(at, mode, v, first);
                case 'C' -> read = compareAndExchange(at, mode, v, first, second);
                case 'K' -> read = weakCompareAndSet(at, mode, v, first, second) ? 1 : 0;
                case 'W' -> {
                    store(at, mode, v, first);
                    continue;
                }
                case 'F' -> {
                    fence(mode);
                    continue;
                }
                default -> {
                    if (((registers >>> to) & 15) != first) {
                        return registers;
                    }
                    continue;
                }
            }
            registers = (registers & ~(15 << to)) | (read << to);
        }
        return registers;
    }

    private static int value(char operand, int registers) {
        return operand >= 'a' ? (registers >>> (4 * (operand - 'a'))) & 15 : operand - '0';
    }

    private static int load(VarHandle at, char mode, Vars v) {
        return switch (mode) {
            case 'p' -> (int) at.get(v);
            case 'o' -> (int) at.getOpaque(v);
            case 'a' -> (int) at.getAcquire(v);
            default -> (int) at.getVolatile(v);
        };
    }

    private static void store(VarHandle at, char mode, Vars v, int value) {
        switch (mode) {
            case 'p' -> at.set(v, value);
            case 'o' -> at.setOpaque(v, value);
            case 'r' -> at.setRelease(v, value);
            default -> at.setVolatile(v, value);
        }
    }

    private static int add(VarHandle at, char mode, Vars v, int value) {
        return switch (mode) {
            case 'a' -> (int) at.getAndAddAcquire(v, value);
            case 'r' -> (int) at.getAndAddRelease(v, value);
            default -> (int) at.getAndAdd(v, value);
        };
    }

    private static int swap(VarHandle at, char mode, Vars v, int value) {
        return switch (mode) {
            case 'a' -> (int) at.getAndSetAcquire(v, value);
            case 'r' -> (int) at.getAndSetRelease(v, value);
            default -> (int) at.getAndSet(v, value);
        };
    }

    private static int compareAndExchange(VarHandle at, char mode, Vars v, int expected, int value) {
        return switch (mode) {
            case 'a' -> (int) at.compareAndExchangeAcquire(v, expected, value);
            case 'r' -> (int) at.compareAndExchangeRelease(v, expected, value);
            default -> (int) at.compareAndExchange(v, expected, value);
        };
    }

    private static boolean weakCompareAndSet(VarHandle at, char mode, Vars v, int expected, int value) {
        return switch (mode) {
            case 'p' -> at.weakCompareAndSetPlain(v, expected, value);
            case 'a' -> at.weakCompareAndSetAcquire(v, expected, value);
            case 'r' -> at.weakCompareAndSetRelease(v, expected, value);
            default -> at.weakCompareAndSet(v, expected, value);
        };
    }

    private static void fence(char kind) {
        switch (kind) {
            case 'f' -> VarHandle.fullFence();
            case 'a' -> VarHandle.acquireFence();
            case 'r' -> VarHandle.releaseFence();
            case 'l' -> VarHandle.loadLoadFence();
            default -> VarHandle.storeStoreFence();
        }
    }
}
