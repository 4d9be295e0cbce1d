package io.multishot.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Fails when the tests of this module run on another Micrometer than the build names. */
class MicrometerVersionTest {

    @Test
    @EnabledIfSystemProperty(named = "micrometer.version", matches = ".+")
    void classPath_hasTheVersionThatTheBuildNames() {
        String version = MeterRegistry.class.getPackage().getImplementationVersion();

        assertThat(version).isEqualTo(System.getProperty("micrometer.version"));
    }
}
