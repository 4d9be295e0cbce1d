/**
 * Meters of a multishot correlator for Micrometer.
 */
module io.multishot.micrometer {
    requires transitive io.multishot;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports io.multishot.micrometer;
}
