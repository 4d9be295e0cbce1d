package io.multishot.examples.boot;

import io.multishot.correlator.ReplyResult;
import io.multishot.reactor.ReactiveCorrelator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes the answers, which may arrive on any thread, late or twice. */
@Component
public class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final ReactiveCorrelator<Reply> correlator;

    Answers(ReactiveCorrelator<Reply> correlator) {
        this.correlator = correlator;
    }

    /**
     * Takes an answer that arrived.
     *
     * @param ticket the ticket that it brought
     * @param reply the answer
     * @return the result of the delivery
     */
    public ReplyResult arrived(long ticket, Reply reply) {
        ReplyResult delivery = correlator.complete(ticket, reply);
        if (delivery != ReplyResult.DELIVERED) {
            LOG.info("refused, {}: {}", delivery, OneLine.of(reply.toString()));
        }
        return delivery;
    }
}
