package io.multishot;

/**
 * Waits for the outcome of one round, or of one request of a correlator. Each
 * {@link OutcomeSource#receive(Callback)} begins a wait, unless it throws or the
 * callback waits there already. A wait ends by one call of one of the three methods, or by a {@link #cancel()} or
 * {@link #revoke()} that returns {@code true}.
 *
 * <p>It is called on the thread that ends the round, or on the receiving thread if the outcome is already there, and
 * always after the round's state is final: it may open the next round and receive again from inside, and it may be
 * handed to that receive itself. An exception that it throws reaches the caller on that thread and changes nothing in
 * the channel.
 *
 * <p>A callback may be used again, for any receiver, once it has been called or cancelled. It waits at one receiver at
 * a time: handing it to several receivers must be ordered by <i>happens-before</i>.
 *
 * <p><b>Memory consistency effects:</b> actions of the ending thread before {@code send}, {@code fail} or {@code close}
 * <i>happen-before</i> the call, and so do those of the receiving thread before {@code receive}.
 *
 * <pre>{@code
 * Callback<String> print = new Callback<>() {
 *     @Override
 *     protected void onValue(String value) {
 *         System.out.println(value);
 *     }
 *
 *     @Override
 *     protected void onClosed() {
 *         System.out.println("no answer");
 *     }
 *
 *     @Override
 *     protected void onFailure(Throwable cause) {
 *         cause.printStackTrace();
 *     }
 * };
 * Sender<String> sender = receiver.sender();
 * receiver.receive(print);
 * sender.send("42"); // prints 42, on this thread
 * }</pre>
 *
 * @param <T> the type of value
 */
public abstract class Callback<T> extends OutcomeHandler<T> {

    /** For subclasses to call. */
    protected Callback() {}

    /**
     * Stops waiting; the round goes on and its outcome waits for the next receive. Any thread may call this at any
     * time.
     *
     * <p><b>Progress:</b> wait-free, one compare-and-set. In a round with a {@linkplain Sender#onAbandoned hook}
     * lock-free, two; it takes more only if another thread took this callback out and registered it again meanwhile.
     *
     * @return {@code true} when this call ended the wait: the callback will not be called for it. {@code false} when
     *     it did not wait, or an outcome is already on its way to it
     */
    public final boolean cancel() {
        return cancelWait();
    }

    /**
     * Stops waiting and ends the round: its sender is refused from then on, and the sender's
     * {@linkplain Sender#onAbandoned hook} runs on this thread. At a request of a correlator it cancels the request,
     * and its slot is free. Any thread may call this at any time.
     *
     * <p><b>Progress:</b> at a receiver as {@link #cancel()}; at a request of a correlator lock-free.
     *
     * @return {@code true} when this call ended the wait and the round: the callback will not be called for it.
     *     {@code false} when it did not wait, or an outcome is already on its way to it
     */
    public final boolean revoke() {
        return revokeRound();
    }
}
