package io.multishot.tck.soak;

import io.multishot.Sender;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Ends the rounds of all channels that it is handed, and keeps many of their senders to try them again much later. */
final class Producer implements Runnable {
    private static final int KEPT = 64;

    private final List<Channel> channels;
    private final int index;
    private final SplittableRandom random;
    private final BooleanSupplier stopped;
    private final Round[] latest;
    private final Round[] kept = new Round[KEPT];
    private final Queue<Round> put = new ArrayDeque<>();
    private final Pause pause = new Pause();
    private int sent;

    Producer(List<Channel> channels, int index, SplittableRandom random, BooleanSupplier stopped) {
        this.channels = channels;
        this.index = index;
        this.random = random;
        this.stopped = stopped;
        latest = new Round[channels.size()];
    }

    @Override
    public void run() {
        while (!stopped.getAsBoolean()) {
            while (!put.isEmpty()) {
                use(put.remove());
            }
            if (!takeHanded() || random.nextInt(4) == 0) {
                if (random.nextInt(8) == 0) {
                    useKept(random.nextInt(KEPT));
                }
                pause.pause();
            }
        }
        for (int i = 0; i < KEPT; i++) {
            useKept(i);
        }
    }

    private boolean takeHanded() {
        boolean any = false;
        for (Channel channel : channels) {
            Round round = channel.round(index);
            if (round != null && round != latest[channel.index()]) {
                latest[channel.index()] = round;
                any = true;
                if (random.nextInt(4) == 0) {
                    put.add(round);
                } else {
                    use(round);
                }
            }
        }
        return any;
    }

    private void use(Round round) {
        end(round);
        if (round.handing() == Round.Handing.FOR_ONE_USE) {
            return;
        }
        if (random.nextInt(4) == 0) {
            end(round);
        }
        if (round.sender().isOpen()) {
            Log.mine().note(Event.OPEN_AGAIN, round.id());
        }
        if (random.nextBoolean()) {
            kept[random.nextInt(KEPT)] = round;
        }
    }

    private void useKept(int i) {
        Round stale = kept[i];
        if (stale == null) {
            return;
        }
        Log.mine().note(Event.STALE_HANDLE_USED, stale.id());
        end(stale);
        if (stale.sender().isOpen()) {
            Log.mine().note(Event.OPEN_AGAIN, stale.id());
        }
    }

    private void end(Round round) {
        end(round, Batch.sequence(++sent, index), random);
    }

    /** One attempt to end the round, by whatever comes to mind. */
    static void end(Round round, int sequence, SplittableRandom random) {
        Sender<Value> sender = round.sender();
        Log log = Log.mine();
        switch (random.nextInt(8)) {
            case 0 -> {
                log.note(Event.CLOSE_CALLED, round.id());
                sender.close();
            }
            case 1 -> {
                boolean accepted = sender.fail(new ValueFailure(new Value(round, sequence)));
                log.note(accepted ? Event.FAILURE_ACCEPTED : Event.FAILURE_REFUSED, round.id(), sequence);
            }
            default -> {
                boolean accepted = sender.send(new Value(round, sequence));
                log.note(accepted ? Event.VALUE_ACCEPTED : Event.VALUE_REFUSED, round.id(), sequence);
            }
        }
    }
}
