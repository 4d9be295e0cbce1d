package io.multishot.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Fails when the tests of this module run on another Reactor than the build names. */
class ReactorVersionTest {

    @Test
    @EnabledIfSystemProperty(named = "reactor.version", matches = ".+")
    void classPath_hasTheVersionThatTheBuildNames() {
        String expected = System.getProperty("reactor.version");

        assertThat(version(Mono.class)).isEqualTo(expected);
        assertThat(version(StepVerifier.class)).isEqualTo(expected);
    }

    private static String version(Class<?> type) {
        return type.getPackage().getImplementationVersion();
    }
}
