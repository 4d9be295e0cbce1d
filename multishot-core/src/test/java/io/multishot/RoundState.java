package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

/** The states of a round, and what the ends of the channel show in each. */
enum RoundState {
    OPEN("open"),
    WAITS("open, a receive waits"),
    VALUE("value, not yet received"),
    FAILURE("failure, not yet received"),
    CLOSED("closed, not yet received"),
    TAKEN("over"),
    REVOKED("revoked");

    static final RuntimeException CAUSE = new RuntimeException("cause");

    final String text;

    RoundState(String text) {
        this.text = text;
    }

    /** Opens a round and brings it into this state; in {@code WAITS}, this callback waits. */
    Sender<Object> enter(Receiver<Object> receiver, Callback<Object> waiting) {
        Sender<Object> sender = receiver.sender();
        switch (this) {
            case OPEN -> assertThat(sender.isOpen()).isTrue();
            case WAITS -> receiver.receive(waiting);
            case VALUE -> sender.send("a");
            case FAILURE -> sender.fail(CAUSE);
            case CLOSED -> sender.close();
            case TAKEN -> {
                sender.send("a");
                receiver.tryReceive();
            }
            case REVOKED -> receiver.revoke();
        }
        return sender;
    }
}
