/**
 * The multishot channel: an async, lock-free, reusable one-shot channel. It needs nothing at run time but the JDK.
 */
module io.multishot {
    requires static micrometer.core;
    requires static org.jspecify;

    exports io.multishot;
    exports io.multishot.micrometer;
}
