package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.function.Supplier;

/** What nothing refers to any more. */
final class Garbage {
    private Garbage() {}

    /** Expects that only its maker refers to an object, which is gone once that has returned it. */
    static void expectCollected(Supplier<?> maker) {
        WeakReference<?> reference = new WeakReference<>(maker.get());
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
        }
        assertThat(reference.get()).isNull();
    }
}
