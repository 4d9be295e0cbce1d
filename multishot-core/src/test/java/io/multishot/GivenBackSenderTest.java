package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multishot.testkit.Log;
import io.multishot.testkit.Race;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Senders that are used after they were given back, where that is looked for. */
@EnabledIfSystemProperty(named = Tracking.PROPERTY, matches = "strict", disabledReason = "in a JVM of its own")
class GivenBackSenderTest {
    private final Receiver<String> receiver = new Receiver<>();

    private Sender<String> giveBack(Sender<String> sender) {
        sender.send("a");
        assertThat(receiver.tryReceive()).isEqualTo("a");
        return receiver.recycle(sender);
    }

    static Stream<Named<BiConsumer<Receiver<String>, Sender<String>>>> uses() {
        return Stream.of(
                Named.of("send", (receiver, sender) -> sender.send("b")),
                Named.of("fail", (receiver, sender) -> sender.fail(new Exception())),
                Named.of("close", (receiver, sender) -> sender.close()),
                Named.of("isOpen", (receiver, sender) -> sender.isOpen()),
                Named.of("onAbandoned", (receiver, sender) -> sender.onAbandoned(() -> {})),
                Named.of("recycle", (receiver, sender) -> receiver.recycle(sender)),
                Named.of(
                        "recycle with a callback",
                        (receiver, sender) -> receiver.recycle(sender, new RecordingCallback<>())),
                Named.of("revoke", (receiver, sender) -> receiver.revoke(sender)));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void use_afterItWasGivenBack_throwsWithBothPlaces(BiConsumer<Receiver<String>, Sender<String>> use) {
        Sender<String> stale = receiver.sender();
        Sender<String> next = giveBack(stale);
        assertThatThrownBy(() -> use.accept(receiver, stale))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given back by recycle()")
                .satisfies(thrown -> {
                    assertThat(Log.leadsThrough("use_afterItWasGivenBack_throwsWithBothPlaces", thrown))
                            .isTrue();
                    assertThat(Log.leadsThrough("giveBack", thrown.getCause())).isTrue();
                });
        assertThat(next.send("the round is untouched")).isTrue();
        assertThat(receiver.tryReceive()).isEqualTo("the round is untouched");
    }

    @Test
    void recycle_handsOutAnotherSenderEachRound() {
        Sender<String> first = receiver.sender();
        Sender<String> second = giveBack(first);
        Sender<String> third = giveBack(second);
        assertThat(second).isNotSameAs(first);
        assertThat(third).isNotSameAs(second);
        assertThat(first).hasToString("Sender[given back]");
        assertThat(third).hasToString("Sender[open]");
    }

    @Test
    void recycle_withCallback_handsOutAnotherSenderWhoseRoundItWaitsIn() {
        Sender<String> stale = receiver.sender();
        stale.close();
        RecordingCallback<String> callback = new RecordingCallback<>();
        Sender<String> next = receiver.recycle(stale, callback);
        assertThat(next).isNotSameAs(stale);
        assertThatThrownBy(() -> stale.send("stale")).isInstanceOf(IllegalStateException.class);
        assertThat(next.send("next")).isTrue();
        callback.expectValue("next");
    }

    @Test
    void recycle_withCallbackOfALiveSender_leavesItWithItsHolder() {
        Sender<String> live = receiver.sender();
        assertThatThrownBy(() -> receiver.recycle(live, new RecordingCallback<>()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(live.send("a")).isTrue();
    }

    /**
     * A use that comes while the sender is given back does not reach the next round, whether it is found out or not.
     */
    @Test
    @Tag("race")
    void use_racesWithRecycle_leavesTheNextRoundAlone() throws Exception {
        try (Race race = new Race()) {
            for (int i = 0; i < 20_000; i++) {
                Sender<String> stale = receiver.sender();
                receiver.revoke();
                race.together(() -> receiver.recycle(stale), () -> sendUnlessGivenBack(stale));
                assertThat(receiver.tryReceive()).isNull();
                receiver.revoke();
            }
        }
    }

    private static void sendUnlessGivenBack(Sender<String> stale) {
        try {
            assertThat(stale.send("late")).isFalse();
        } catch (IllegalStateException givenBack) {
            assertThat(givenBack).hasMessageContaining("given back");
        }
    }

    @Test
    void late_freshSender_isRefusedAsEver() {
        Sender<String> late = receiver.sender();
        late.send("a");
        receiver.tryReceive();
        receiver.sender();
        assertThat(late.send("b")).isFalse();
        late.close();
    }
}
