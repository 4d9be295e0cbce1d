package io.multishot;

import java.lang.ref.Cleaner;
import java.util.Locale;
import java.util.ServiceConfigurationError;

/**
 * Finds senders that are lost, or used after they were given back. The system property {@code io.multishot.senders}
 * turns it on for the whole process: {@code leaks}, {@code strict}, or {@code off}, the default. The mode is constant,
 * so it costs nothing where it is off.
 */
final class Tracking {
    static final String PROPERTY = "io.multishot.senders";

    enum Mode {
        OFF,
        LEAKS,
        STRICT
    }

    private static final Mode MODE = setting();

    /** Lost senders are found. */
    static final boolean LEAKS = MODE != Mode.OFF;

    /** Besides, a sender that was given back may not be used any more, not even once it is armed again. */
    static final boolean STRICT = MODE == Mode.STRICT;

    private Tracking() {}

    /** Returns OFF where a security manager or a broken logger is in the way. */
    private static Mode setting() {
        try {
            return mode(System.getProperty(PROPERTY, "off"));
        } catch (RuntimeException | ServiceConfigurationError refused) {
            return Mode.OFF;
        }
    }

    /**
     * Parses the property. An unknown mode is OFF, with a warning: a setting that helps to find mistakes must not be
     * one.
     */
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

    /** Returns the handle to hand out for the sender of a new round. */
    static <T> Sender<T> handle(Sender<T> round) {
        return LEAKS ? On.track(round) : round;
    }

    /**
     * A class of its own, so that where senders are not tracked no thread starts and {@link TrackedSender} is not
     * loaded: the compiler then knows that {@link Sender} has no subclass.
     */
    static final class On {
        static final Cleaner CLEANER = Cleaner.create();

        private On() {}

        static <T> Sender<T> track(Sender<T> round) {
            return new TrackedSender<>(round);
        }
    }
}
