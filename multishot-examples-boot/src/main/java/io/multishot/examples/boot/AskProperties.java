package io.multishot.examples.boot;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings.
 *
 * @param capacity the largest number of questions under way
 * @param timeout the longest time that an answer may take
 * @param readTimeout the longest time that a client may take over the header of its request, and again over its body;
 *     also the longest time that a connection may stay open between two requests
 */
@ConfigurationProperties("ask")
record AskProperties(
        @DefaultValue("1024") int capacity,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("10s") Duration readTimeout) {}
