package io.multishot;

import java.lang.ref.Cleaner;
import java.util.Locale;
import java.util.ServiceConfigurationError;

/**
 * Whether senders are tracked, to find those that are lost or used after they were given back. It is set for the whole
 * process, by the system property {@code io.multishot.senders}: {@code leaks}, {@code strict}, or {@code off} as it is unless
 * set. Being constant, it costs nothing where it is off.
 */
final class Tracking {
    static final String PROPERTY = "io.multishot.senders";

    enum Mode {
        OFF,
        LEAKS,
        STRICT
    }

    private static final Mode MODE = setting();

    /** Whether senders that are lost are looked for. */
    static final boolean LEAKS = MODE != Mode.OFF;

    /** Whether a sender that was given back may not be used any more, not even by who holds it when it is armed again. */
    static final boolean STRICT = MODE == Mode.STRICT;

    private Tracking() {}

    /** Off, where a security manager or a broken logger is in the way. */
    private static Mode setting() {
        try {
            return mode(System.getProperty(PROPERTY, "off"));
        } catch (RuntimeException | ServiceConfigurationError refused) {
            return Mode.OFF;
        }
    }

    /** A setting that helps to find mistakes must not be one: what it does not know is off. */
    static Mode mode(String name) {
        try {
            return Mode.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            logger().log(
                            System.Logger.Level.WARNING,
                            "-D" + PROPERTY + "=" + name
                                    + " is unknown, and senders are not tracked: say leaks, strict or off");
            return Mode.OFF;
        }
    }

    static System.Logger logger() {
        return System.getLogger("io.multishot");
    }

    /** What to hand out for a sender. */
    static <T> Sender<T> handle(Sender<T> round) {
        return LEAKS ? On.track(round) : round;
    }

    /**
     * Apart, so that where senders are not tracked no thread starts, and {@link TrackedSender} is not even loaded: then the
     * compiler knows that a sender is of no other class than {@link Sender}.
     */
    static final class On {
        static final Cleaner CLEANER = Cleaner.create();

        private On() {}

        static <T> Sender<T> track(Sender<T> round) {
            return new TrackedSender<>(round);
        }
    }
}
