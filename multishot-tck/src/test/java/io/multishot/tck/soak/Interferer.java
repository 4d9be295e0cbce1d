package io.multishot.tck.soak;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Does from another thread, at any time, whatever a receiver allows that: cancel, revoke, close; and interrupts. */
final class Interferer implements Runnable {
    private final List<Channel> channels;
    private final SplittableRandom random;
    private final BooleanSupplier stopped;
    private final Pause pause = new Pause();

    Interferer(List<Channel> channels, SplittableRandom random, BooleanSupplier stopped) {
        this.channels = channels;
        this.random = random;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        while (!stopped.getAsBoolean()) {
            Channel channel = channels.get(random.nextInt(channels.size()));
            Line line = channel.line();
            Receipt receipt = channel.receipt();
            if (line != null && receipt != null) {
                interfere(channel, line, receipt);
            }
            pause.pause();
        }
    }

    private void interfere(Channel channel, Line line, Receipt receipt) {
        int what = random.nextInt(1024);
        if (what < 2) {
            line.close();
        } else if (what < 24) {
            line.revoke();
        } else if (what < 64) {
            channel.receivingThread().interrupt();
        } else if (what < 128) {
            receipt.tryRevoke();
        } else if (what < 512) {
            receipt.tryCancel();
        }
    }
}
