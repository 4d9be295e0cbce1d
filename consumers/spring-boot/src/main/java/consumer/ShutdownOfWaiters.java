package consumer;

import io.multishot.reactor.ReactiveCorrelator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Ends the open requests when the application stops, before the web server waits for its responses. */
@Component
class ShutdownOfWaiters implements SmartLifecycle {
    private final ReactiveCorrelator<String> correlator;
    private volatile boolean running;

    ShutdownOfWaiters(ReactiveCorrelator<String> correlator) {
        this.correlator = correlator;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        correlator.dispose();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
