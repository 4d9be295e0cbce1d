package consumer;

import io.multishot.correlator.Correlator;
import io.multishot.micrometer.CorrelatorMetrics;
import io.multishot.reactor.ReactiveCorrelator;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A WebFlux application whose questions are answered elsewhere, by ticket. */
@SpringBootApplication
public class Application {

    @Bean
    Correlator<String> correlator() {
        return Correlator.withCapacity(16);
    }

    @Bean
    ReactiveCorrelator<String> reactiveCorrelator(Correlator<String> correlator) {
        return ReactiveCorrelator.from(correlator);
    }

    /** Actuator binds every {@code MeterBinder} that is a bean. */
    @Bean
    CorrelatorMetrics correlatorMetrics(Correlator<String> correlator) {
        return new CorrelatorMetrics(correlator, "questions");
    }

    @Bean
    Questions questions() {
        return new Questions();
    }
}
