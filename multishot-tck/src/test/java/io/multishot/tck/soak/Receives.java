package io.multishot.tck.soak;

import io.multishot.Receiver;
import io.multishot.SenderClosedException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The ways to receive; each returns whether the round is over, so that nothing more can be received. */
final class Receives {
    private static final int PAUSES = 200;
    private static final int LONGEST_NANOS = 100_000;

    private final Channel channel;
    private final SplittableRandom random;
    private final Pause pause = new Pause();

    Receives(Channel channel, SplittableRandom random) {
        this.channel = channel;
        this.random = random;
    }

    boolean byAnyWay(Round round, Receiver<Value> receiver) {
        if (random.nextBoolean()) {
            return byCallback(round, receiver);
        }
        try {
            Value value = byValue(receiver);
            if (value == null) {
                return false;
            }
            Observation.of(round).value(value);
            return true;
        } catch (SenderClosedException closed) {
            Observation.of(round).closed();
            return true;
        } catch (CompletionException failed) {
            return failed(round, failed.getCause());
        } catch (InterruptedException interrupted) {
            Log.mine().note(Event.INTERRUPTED, round.id());
            return false;
        } catch (TimeoutException late) {
            Log.mine().note(Event.TIMED_OUT, round.id());
            return false;
        } catch (CancellationException givenUp) {
            Log.mine().note(Event.FUTURE_GIVEN_UP, round.id());
            return false;
        }
    }

    private Value byValue(Receiver<Value> receiver) throws InterruptedException, TimeoutException {
        return switch (random.nextInt(4)) {
            case 0 -> poll(receiver);
            case 1 -> receiver.receive();
            case 2 -> receiver.receive(Duration.ofNanos(random.nextInt(LONGEST_NANOS)));
            default -> await(receiver.receiveAsync());
        };
    }

    private Value poll(Receiver<Value> receiver) {
        Value value = receiver.tryReceive();
        for (int i = random.nextInt(PAUSES); value == null && i > 0; i--) {
            pause.pause();
            value = receiver.tryReceive();
        }
        return value;
    }

    private Value await(CompletableFuture<Value> future) {
        switch (random.nextInt(4)) {
            case 0 -> future.orTimeout(random.nextInt(LONGEST_NANOS), TimeUnit.NANOSECONDS);
            case 1 -> {
                pauseAWhile();
                future.cancel(true);
            }
            default -> Thread.onSpinWait();
        }
        return future.join();
    }

    private boolean failed(Round round, Throwable cause) {
        if (cause instanceof TimeoutException) {
            Log.mine().note(Event.FUTURE_GIVEN_UP, round.id());
            return false;
        }
        if (cause instanceof SenderClosedException) {
            Observation.of(round).closed();
        } else {
            Observation.of(round).failure(cause);
        }
        return true;
    }

    private boolean byCallback(Round round, Receiver<Value> receiver) {
        Receipt receipt = new Receipt(round.channel(), round.id());
        channel.show(receipt);
        receipt.receiveFrom(receiver);
        while (!await(receipt, receiver)) {
            if (random.nextBoolean()) {
                return false;
            }
            receipt.receiveFrom(receiver);
        }
        return true;
    }

    /** Waits for a receipt that is registered, or gives it up meanwhile; whether the round is over then. */
    boolean await(Receipt receipt, Receiver<Value> receiver) {
        switch (random.nextInt(6)) {
            case 0 -> {
                pauseAWhile();
                receipt.tryCancel();
            }
            case 1 -> {
                pauseAWhile();
                receipt.tryRevoke();
            }
            case 2 -> {
                return awaitWhileChanging(receipt, receiver);
            }
            default -> Thread.onSpinWait();
        }
        return receipt.await();
    }

    /** Cancels and registers in quick succession, so that many a cancel meets an attempt to end the round. */
    private boolean awaitWhileChanging(Receipt receipt, Receiver<Value> receiver) {
        for (int i = random.nextInt(PAUSES); i > 0; i--) {
            receipt.tryCancel();
            if (receipt.await()) {
                return true;
            }
            receipt.receiveFrom(receiver);
        }
        return receipt.await();
    }

    private void pauseAWhile() {
        for (int i = random.nextInt(PAUSES); i > 0; i--) {
            pause.pause();
        }
    }
}
