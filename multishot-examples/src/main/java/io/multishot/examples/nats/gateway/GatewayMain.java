package io.multishot.examples.nats.gateway;

import io.multishot.examples.nats.broker.Running;
import java.io.IOException;
import reactor.netty.ChannelBindException;

/** The command line of a gateway: {@code GatewayMain NAME BROKER-URL PORT}. */
public final class GatewayMain {
    private GatewayMain() {}

    /**
     * Serves until the process is ended.
     *
     * @param arguments its name, the URL of the broker, the port (0: any)
     */
    public static void main(String[] arguments) {
        Running.withParent();
        if (arguments.length != 3) {
            System.err.println("usage: GatewayMain NAME BROKER-URL PORT (0: any that is free)");
            System.exit(2);
        }
        try {
            Gateway gateway = Gateway.start(Settings.usual(arguments[0], arguments[1], Integer.parseInt(arguments[2])));
            Running.untilEnded(gateway, "serves on " + gateway.url());
        } catch (IOException | ChannelBindException e) {
            System.err.println(arguments[0] + " did not start: " + e.getMessage());
            System.exit(1);
        }
    }
}
