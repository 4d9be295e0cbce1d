package io.multishot.examples.boot;

/**
 * The reply to a question.
 *
 * @param answer the answer
 */
public record Reply(String answer) {}
