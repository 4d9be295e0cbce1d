package io.multishot.examples.ask.work;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the journal to the log. */
public final class LoggedJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    @Override
    public void abandoned(String worker, String question) {
        LOG.info("nobody waits any more for the answer of {} to \"{}\": round revoked", worker, question);
    }

    @Override
    public void refused(String worker, String question) {
        LOG.info("late answer of {} to \"{}\" refused", worker, question);
    }
}
