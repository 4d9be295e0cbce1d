package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The ways in which a round ends while its receiver stays open, and what each form of receive gets of it. */
enum RoundEnding {
    VALUE,
    FAILURE,
    CLOSE,
    REVOKE;

    static final RuntimeException CAUSE = new RuntimeException("cause");

    void end(Receiver<String> receiver, Sender<String> sender) {
        switch (this) {
            case VALUE -> assertThat(sender.send("a")).isTrue();
            case FAILURE -> assertThat(sender.fail(CAUSE)).isTrue();
            case CLOSE -> sender.close();
            case REVOKE -> assertThat(receiver.revoke()).isTrue();
        }
    }

    void expectedBy(RecordingCallback<String> callback) {
        switch (this) {
            case VALUE -> callback.expectValue("a");
            case FAILURE -> callback.expectFailure(CAUSE);
            case CLOSE, REVOKE -> callback.expectClosed();
        }
    }

    void expectedBy(CompletableFuture<String> future) {
        assertThat(future).isDone();
        Object outcome = future.handle((value, thrown) -> thrown == null ? (Object) value : thrown)
                .join();
        switch (this) {
            case VALUE -> assertThat(outcome).isEqualTo("a");
            case FAILURE -> assertThat(outcome).isSameAs(CAUSE);
            case CLOSE, REVOKE -> assertThat(outcome).isInstanceOf(SenderClosedException.class);
        }
    }

    /** Expects what a receive returns or throws, a failure wrapped. */
    void expectedBy(Callable<String> receive) throws Exception {
        switch (this) {
            case VALUE -> assertThat(receive.call()).isEqualTo("a");
            case FAILURE ->
                assertThatThrownBy(receive::call)
                        .isInstanceOf(CompletionException.class)
                        .hasCause(CAUSE);
            case CLOSE, REVOKE -> assertThatThrownBy(receive::call).isInstanceOf(SenderClosedException.class);
        }
    }
}
