/**
 * The multishot channel, an async, lock-free, reusable one-shot channel, and the correlator for request and reply that
 * is built on it. It needs nothing at run time but the JDK.
 */
module io.multishot {
    requires static org.jspecify;

    exports io.multishot;
    exports io.multishot.correlator;
}
