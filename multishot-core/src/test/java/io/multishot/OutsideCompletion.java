package io.multishot;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The ways of completing a future of a receive from outside. */
public enum OutsideCompletion {
    CANCEL(future -> future.cancel(true)),
    COMPLETE(future -> future.complete("outside")),
    COMPLETE_EXCEPTIONALLY(future -> future.completeExceptionally(new RuntimeException("outside"))),
    COMPLETE_ASYNC(future -> future.completeAsync(() -> "outside", Runnable::run)),
    OBTRUDE_VALUE(future -> future.obtrudeValue("outside")),
    OBTRUDE_EXCEPTION(future -> future.obtrudeException(new RuntimeException("outside")));

    private final Consumer<CompletableFuture<String>> completion;

    OutsideCompletion(Consumer<CompletableFuture<String>> completion) {
        this.completion = completion;
    }

    public void complete(CompletableFuture<String> future) {
        completion.accept(future);
    }
}
