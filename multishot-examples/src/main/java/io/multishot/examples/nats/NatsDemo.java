package io.multishot.examples.nats;

import io.multishot.examples.nats.broker.NatsServer;
import io.multishot.examples.nats.demo.Demo;

/**
 * The command line of the demo: starts a broker, two gateways and three workers as processes of their own, sends
 * requests through both gateways, prints what came of each and ends; exit status 0 only if every outcome was right.
 */
public final class NatsDemo {
    private NatsDemo() {}

    /**
     * Runs the demo.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        if (!NatsServer.isInstalled()) {
            System.err.println(NatsServer.HOW_TO_INSTALL);
            System.exit(1);
        }
        System.exit(Demo.run(System.out) ? 0 : 1);
    }
}
