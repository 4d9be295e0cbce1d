package io.multishot.examples.boot;

import io.multishot.reactor.ReactiveCorrelator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends every question that is under way when the application stops, before the web server waits for its requests: so
 * they are answered with 503 instead of holding it up.
 */
@Component
class ShutdownOfWaiters implements SmartLifecycle {
    private final ReactiveCorrelator<Reply> correlator;
    private volatile boolean running;

    ShutdownOfWaiters(ReactiveCorrelator<Reply> correlator) {
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

    /** The first to stop, as the default is; the web server's graceful shutdown comes after. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
