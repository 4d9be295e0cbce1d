package io.multishot.examples.boot;

/**
 * What comes back.
 *
 * @param answer the answer
 */
public record Reply(String answer) {}
