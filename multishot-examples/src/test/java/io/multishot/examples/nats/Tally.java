package io.multishot.examples.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.multishot.examples.nats.broker.Await;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The outcomes of requests that were sent together. */
record Tally(List<CompletableFuture<Client.Outcome>> pending) {

    /** Returns the number of those that have a response. */
    int ended() {
        return (int) pending.stream().filter(CompletableFuture::isDone).count();
    }

    /** Waits until each client has its response: every one has exactly one, and no answer is another's. */
    Map<Integer, Long> statuses() {
        assertThat(Await.until(() -> ended() == pending.size()))
                .as("%d of %d clients have a response", ended(), pending.size())
                .isTrue();
        List<Client.Outcome> outcomes =
                pending.stream().map(CompletableFuture::join).toList();
        assertThat(outcomes).as("answers that are another's").allMatch(Client.Outcome::isRight);
        return outcomes.stream()
                .collect(Collectors.groupingBy(Client.Outcome::status, TreeMap::new, Collectors.counting()));
    }

    /** All have the same status. */
    void areAll(int status) {
        assertThat(statuses()).containsOnly(Map.entry(status, (long) pending.size()));
    }
}
