package io.multishot.reactor;

import io.multishot.Receiver;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import reactor.core.Scannable;

/**
 * The rounds of one channel, as its subscriptions see them: the receiver, and what opens rounds for {@code senders()}.
 */
abstract class Rounds<T> implements Scannable {
    private static final VarHandle OPENER = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "opener", VarHandle.class, Rounds.class, RoundOpener.class);

    private final Receiver<T> receiver;
    private volatile @Nullable RoundOpener<T> opener;

    Rounds(Receiver<T> receiver) {
        this.receiver = receiver;
    }

    final Receiver<T> receiver() {
        return receiver;
    }

    /** Returns what opens the rounds, {@code null} while {@code senders()} has no subscriber. */
    final @Nullable RoundOpener<T> opener() {
        return opener;
    }

    /** Makes this the opener; {@code false} if there is one. */
    final boolean claim(RoundOpener<T> candidate) {
        return OPENER.compareAndSet(this, null, candidate);
    }

    final void release(RoundOpener<T> current) {
        OPENER.compareAndSet(this, current, null);
    }

    /** Lets the opener, if there is one, open the next round. */
    final void roundEnded() {
        RoundOpener<T> current = opener;
        if (current != null) {
            current.drain();
        }
    }
}
