package io.multishot.examples.boot;

import io.multishot.correlator.Correlator;
import io.multishot.micrometer.CorrelatorMetrics;
import io.multishot.reactor.ReactiveCorrelator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The correlator, its meters, and the way out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AskProperties.class)
class CorrelatorConfiguration {

    @Bean
    Correlator<Reply> correlator(AskProperties properties) {
        return Correlator.withCapacity(properties.capacity());
    }

    @Bean
    ReactiveCorrelator<Reply> reactiveCorrelator(Correlator<Reply> correlator) {
        return ReactiveCorrelator.from(correlator);
    }

    /** Actuator binds every MeterBinder that is a bean. */
    @Bean
    CorrelatorMetrics correlatorMetrics(Correlator<Reply> correlator) {
        return new CorrelatorMetrics(correlator, "ask");
    }

    @Bean
    EchoLine echoLine(ObjectProvider<Answers> answers) {
        return new EchoLine(answers);
    }
}
