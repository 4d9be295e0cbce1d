package io.multishot.examples.boot;

import io.multishot.correlator.ReplyResult;
import io.multishot.reactor.ReactiveCorrelator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where answers arrive, on whatever thread, late or twice as they may be. */
@Component
public class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final ReactiveCorrelator<Reply> correlator;

    Answers(ReactiveCorrelator<Reply> correlator) {
        this.correlator = correlator;
    }

    /**
     * An answer arrived.
     *
     * @param ticket the ticket that it brought
     * @param reply the answer
     * @return what became of it
     */
    public ReplyResult arrived(long ticket, Reply reply) {
        ReplyResult delivery = correlator.complete(ticket, reply);
        if (delivery != ReplyResult.DELIVERED) {
            LOG.info("refused, {}: {}", delivery, OneLine.of(reply.toString()));
        }
        return delivery;
    }
}
