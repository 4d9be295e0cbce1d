package io.multishot.examples.nats.demo;

import io.multishot.examples.nats.broker.Running;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that never says that it is ready, and ends with the one that started it. */
final class Silent {
    private Silent() {}

    public static void main(String[] arguments) throws InterruptedException {
        Running.withParent();
        System.out.println("begun");
        new CountDownLatch(1).await(1, TimeUnit.HOURS);
    }
}
