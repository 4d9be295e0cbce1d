package io.multishot.examples.ask.work;

import io.multishot.examples.log.OneLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the journal to the log, each entry in one line whatever the question is. */
public final class LoggedJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    @Override
    public void abandoned(String worker, String question) {
        LOG.info("nobody waits any more for the answer of {} to \"{}\": round revoked", worker, OneLine.of(question));
    }

    @Override
    public void refused(String worker, String question) {
        LOG.info("late answer of {} to \"{}\" refused", worker, OneLine.of(question));
    }
}
