package io.multishot.examples.nats.gateway;

import java.time.Duration;

/**
 * The settings of a gateway.
 *
 * @param name its name, which is part of its reply subject: no two gateways that run have the same
 * @param broker the URL of the broker
 * @param port the port to serve HTTP on; 0 for any that is free
 * @param capacity the largest number of requests in flight at once
 * @param timeout the longest time that a reply may take
 */
public record Settings(String name, String broker, int port, int capacity, Duration timeout) {

    /**
     * 4,096 requests, two seconds for a reply.
     *
     * @param name the name
     * @param broker the URL of the broker
     * @param port the port
     * @return the settings
     */
    public static Settings usual(String name, String broker, int port) {
        return new Settings(name, broker, port, 4096, Duration.ofSeconds(2));
    }
}
