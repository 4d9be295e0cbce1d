package consumer;

import io.multishot.correlator.Correlator;
import io.multishot.correlator.Pending;
import io.multishot.Receiver;
import io.multishot.Sender;
import java.time.Duration;

/** A round and a request with nothing but the core's jar: on the class path, or from an image. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        Receiver<String> receiver = new Receiver<>();
        Sender<String> sender = receiver.sender();
        new Thread(() -> sender.send("hello")).start();
        String value = receiver.receive();

        try (Correlator<String> correlator = Correlator.withCapacity(16)) {
            Pending<String> pending = correlator.open(Duration.ofSeconds(10));
            correlator.complete(pending.ticket(), "reply");
            System.out.println("core: " + value + ", " + pending.tryReceive() + ", named: "
                    + Sender.class.getModule().isNamed());
        }
    }
}
