package io.multishot.tck.faultinjection;

/** The exception that everything in flight fails with now and then. */
final class ConnectionLost extends Exception {
    static final ConnectionLost INSTANCE = new ConnectionLost();

    private static final long serialVersionUID = 1L;

    private ConnectionLost() {
        super("connection lost", null, false, false);
    }
}
