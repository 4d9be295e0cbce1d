package io.multishot.examples.nats.demo;

import io.multishot.examples.nats.broker.Running;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that starts another and tells its process id, then fails or waits. */
final class Parent {
    static final String FAILS = "fails";
    static final String WAITS = "waits";

    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
        Jvm child = Jvm.start(System.out, Silent.class, "child");
        System.out.println(Running.READY + child.pid());
        if (arguments[1].equals(FAILS)) {
            System.exit(3);
        }
        new CountDownLatch(1).await(1, TimeUnit.HOURS);
    }
}
