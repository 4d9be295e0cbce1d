package io.multishot.examples.boot;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.logging.HttpMessageArgProvider;
import reactor.netty.http.logging.ReactorNettyHttpMessageLogFactory;

/**
 * Gives up clients that send half a request, and logs in one line what they sent. {@code server.netty.idle-timeout}
 * would cover the header alone. None of it limits how long a client waits for its response.
 */
@Component
class SlowClients implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private final AskProperties properties;

    SlowClients(AskProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.idleTimeout(properties.readTimeout())
                .requestTimeout(properties.readTimeout())
                .httpMessageLogFactory(new OneLineMessages()));
    }

    /** Reactor Netty logs a request that it cannot read, as it came. */
    private static final class OneLineMessages extends ReactorNettyHttpMessageLogFactory {
        @Override
        public String common(HttpMessageArgProvider message) {
            return OneLine.of(super.common(message));
        }
    }
}
