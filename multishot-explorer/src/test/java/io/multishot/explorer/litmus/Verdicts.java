package io.multishot.explorer.litmus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Computes the verdict on each shape once, for the tests and the page. */
final class Verdicts {
    private static final Map<String, Verdict> CACHE = new ConcurrentHashMap<>();

    private Verdicts() {}

    static Verdict on(Shape shape) {
        return CACHE.computeIfAbsent(shape.name(), name -> Verdict.of(shape.program()));
    }
}
