/**
 * The multishot channel for Project Reactor: each receive a {@code Mono}.
 */
module io.multishot.reactor {
    requires transitive io.multishot;
    requires transitive org.reactivestreams;
    requires transitive reactor.core;
    requires static org.jspecify;

    exports io.multishot.reactor;
}
