package io.multishot.explorer.litmus;

import io.multishot.explorer.Probe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Objects published by an opaque store, which orders nothing. Explored, not run as tests. */
final class FinalFieldScenarios {
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED = MethodHandles.lookup().findVarHandle(Shared.class, "published", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static final class Shared {
        @Nullable
        Object published;

        String read = "-";
    }

    static final class WithFinal {
        final int value;

        WithFinal() {
            value = 1;
        }
    }

    static final class WithPlain {
        int value;

        WithPlain() {
            value = 1;
        }
    }

    static final class WithVolatile {
        volatile int value;

        WithVolatile() {
            value = 1;
        }
    }

    static final class WithFinalReference {
        final WithPlain reference = new WithPlain();
    }

    static final class WithFinalArray {
        final int[] array = {1};
    }

    static final class Escaping {
        final int value;

        Escaping(Shared shared) {
            PUBLISHED.setVolatile(shared, this);
            value = 1;
        }
    }

    private FinalFieldScenarios() {}

    private static void publish(Supplier<Object> create, ToIntFunction<Object> read) throws InterruptedException {
        Shared shared = new Shared();
        observe(shared, () -> PUBLISHED.setOpaque(shared, create.get()), read);
    }

    private static void observe(Shared shared, Runnable publish, ToIntFunction<Object> read)
            throws InterruptedException {
        Thread reader = new Thread(() -> {
            Object object = PUBLISHED.getOpaque(shared);
            if (object != null) {
                shared.read = "" + read.applyAsInt(object);
            }
        });
        reader.start();
        publish.run();
        reader.join();
        Probe.outcome(shared.read);
    }

    static void finalField() throws InterruptedException {
        publish(() -> new WithFinal(), object -> ((WithFinal) object).value);
    }

    static void plainField() throws InterruptedException {
        publish(() -> new WithPlain(), object -> ((WithPlain) object).value);
    }

    static void volatileField() throws InterruptedException {
        publish(() -> new WithVolatile(), object -> ((WithVolatile) object).value);
    }

    static void objectBehindFinalField() throws InterruptedException {
        publish(() -> new WithFinalReference(), object -> ((WithFinalReference) object).reference.value);
    }

    static void arrayBehindFinalField() throws InterruptedException {
        publish(() -> new WithFinalArray(), object -> ((WithFinalArray) object).array[0]);
    }

    static void escapeFromConstructor() throws InterruptedException {
        Shared shared = new Shared();
        observe(shared, () -> new Escaping(shared), object -> ((Escaping) object).value);
    }

    static void storeStoreFence() throws InterruptedException {
        publish(
                () -> {
                    WithPlain created = new WithPlain();
                    VarHandle.storeStoreFence();
                    return created;
                },
                object -> {
                    VarHandle.loadLoadFence();
                    return ((WithPlain) object).value;
                });
    }
}
