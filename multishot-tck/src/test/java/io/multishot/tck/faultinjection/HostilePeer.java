package io.multishot.tck.faultinjection;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.ReplyResult;
import io.multishot.correlator.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Answers requests as no peer should: twice, far too late, in any order, not at all, and some that were never made. */
final class HostilePeer implements Runnable {
    /** A request on the wire. */
    record Message(long ticket, Request request) {}

    /** The most replies that are held back; more than the clock goes on by until a request times out. */
    private static final int MOST_HELD_BACK = 512;

    private static final int PER_CENT = 100;

    private final Correlator<Reply> correlator;
    private final Queue<Message> wire;
    private final AtomicLong clock;
    private final Tally tally;
    private final SplittableRandom random;
    private final List<Message> heldBack = new ArrayList<>();
    private volatile boolean stopped;

    HostilePeer(
            Correlator<Reply> correlator, Queue<Message> wire, AtomicLong clock, Tally tally, SplittableRandom random) {
        this.correlator = correlator;
        this.wire = wire;
        this.clock = clock;
        this.tally = tally;
        this.random = random;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped || !wire.isEmpty()) {
            Message message = wire.poll();
            if (message == null) {
                Thread.yield();
            } else {
                clock.getAndIncrement();
                receive(message);
            }
        }
        while (!heldBack.isEmpty()) {
            reply(heldBack.remove(heldBack.size() - 1));
        }
    }

    private void receive(Message message) {
        int fate = random.nextInt(PER_CENT);
        if (fate < 50) {
            reply(message);
        } else if (fate < 60) {
            reply(message);
            reply(message);
        } else if (fate < 90) {
            heldBack.add(message);
            if (fate < 70) {
                reply(message);
            }
        } // else it is dropped
        if (heldBack.size() > MOST_HELD_BACK) {
            int any = random.nextInt(heldBack.size());
            Message late = heldBack.set(any, heldBack.get(heldBack.size() - 1));
            heldBack.remove(heldBack.size() - 1);
            reply(late);
        }
        if (fate % 10 == 0) {
            forge();
        }
    }

    private void reply(Message message) {
        try {
            tally.count(
                    random.nextInt(8) == 0
                            ? correlator.fail(message.ticket(), new Refusal(message.request()))
                            : complete(message.ticket(), new Reply(message.request())));
        } catch (RuntimeException thrown) {
            tally.complain("thrown into the listener: " + thrown);
        }
    }

    private ReplyResult complete(long ticket, Reply reply) {
        return switch (random.nextInt(3)) {
            case 0 -> correlator.complete(ticket, reply);
            case 1 -> correlator.complete(Ticket.toHex(ticket), reply);
            default -> correlator.complete(Ticket.toBytes(ticket), reply);
        };
    }

    private void forge() {
        long ticket = random.nextLong();
        ReplyResult delivery = random.nextBoolean()
                ? correlator.complete(ticket, new Reply(null))
                : correlator.complete(Long.toString(ticket), new Reply(null));
        tally.count(delivery);
        if (delivery == ReplyResult.DELIVERED) {
            tally.complain("a forged ticket was accepted: " + Ticket.toHex(ticket));
        }
    }
}
