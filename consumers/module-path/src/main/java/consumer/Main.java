package consumer;

import io.multishot.Receiver;
import io.multishot.Sender;
import io.multishot.reactor.ReactiveReceiver;
import reactor.core.publisher.Mono;

/**
 * The core and its Reactor side on the module path; Reactor is there because {@code io.multishot.reactor} requires it
 * transitively.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Receiver<String> receiver = new Receiver<>();
        Sender<String> sender = receiver.sender();
        sender.send("hello");

        ReactiveReceiver<String> worker = ReactiveReceiver.create();
        Mono<String> exchange = worker.exchange(slot -> slot.send("pong"));

        System.out.println("module path: " + receiver.tryReceive() + ", " + exchange.block() + ", core: "
                + Sender.class.getModule().getName() + ", reactor: "
                + ReactiveReceiver.class.getModule().getName());
    }
}
