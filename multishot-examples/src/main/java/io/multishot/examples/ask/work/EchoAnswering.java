package io.multishot.examples.ask.work;

import java.time.Duration;

/** Answers with the question and the name of the thread; takes its time over the question {@code slow}. */
public final class EchoAnswering implements Answering {
    private static final Duration SLOW = Duration.ofSeconds(3);

    @Override
    public String answer(String question) throws InterruptedException {
        if (question.equals("slow")) {
            Thread.sleep(SLOW.toMillis());
        }
        return Thread.currentThread().getName() + " answers: " + question;
    }
}
