package io.multishot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Races whose window is a few instructions wide: very many rounds on channels that were made beforehand. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DenseRaceTest {
    private static final int BATCHES = 4;
    private static final int ROUNDS = 20_000;

    private final Race race = new Race();

    /** One round: its channel, and what its two sides did. */
    private static final class Channel {
        final Receiver<String> receiver = new Receiver<>();
        final RecordingCallback<String> first = new RecordingCallback<>();
        final RecordingCallback<String> second = new RecordingCallback<>();

        @Nullable
        Sender<String> opened;
    }

    @FunctionalInterface
    private interface Opening {
        Sender<String> open(Channel channel);
    }

    @AfterEach
    void stopThreads() {
        race.close();
    }

    @Test
    void receiveByCallback_twoAtOnceWithAValueThere_oneIsGivenIt() throws Exception {
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Channel> channels = channels();
            channels.forEach(channel -> channel.receiver.sender().send("a"));

            race.rounds(
                    ROUNDS,
                    i -> channels.get(i).receiver.receive(channels.get(i).first),
                    i -> channels.get(i).receiver.receive(channels.get(i).second));

            for (Channel channel : channels) {
                assertThat(channel.first.wasGiven("a")).isNotEqualTo(channel.second.wasGiven("a"));
                assertThat(channel.first.calls() + channel.second.calls()).isEqualTo(2);
            }
        }
    }

    @Test
    void senderThenReceive_racesWithClose_endsAsClosedOnce() throws Exception {
        expectClosedOnce(channel -> {
            Sender<String> sender = channel.receiver.sender();
            channel.receiver.receive(channel.first);
            return sender;
        });
    }

    @Test
    void senderWithCallback_racesWithClose_endsAsClosedOnce() throws Exception {
        expectClosedOnce(channel -> channel.receiver.sender(channel.first));
    }

    private void expectClosedOnce(Opening opening) throws Exception {
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Channel> channels = channels();

            openWhileClosing(channels, opening);

            for (Channel channel : channels) {
                assertThat(channel.first.calls()).isEqualTo(channel.opened == null ? 0 : 1);
                assertThat(channel.opened == null || !channel.opened.isOpen()).isTrue();
            }
        }
    }

    @Test
    void senderThenSend_racesWithClose_keepsNoValue() throws Exception {
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Channel> channels = channels();

            openWhileClosing(channels, channel -> {
                Sender<String> sender = channel.receiver.sender();
                sender.send("a");
                return sender;
            });

            for (Channel channel : channels) {
                assertThat(channel.opened == null ? null : channel.opened.stateAcquire())
                        .isNotEqualTo("a");
            }
        }
    }

    private void openWhileClosing(List<Channel> channels, Opening opening) throws Exception {
        race.rounds(ROUNDS, i -> channels.get(i).receiver.close(), i -> {
            Channel channel = channels.get(i);
            try {
                channel.opened = opening.open(channel);
            } catch (IllegalStateException closedAlready) {
                assertThat(channel.opened).isNull();
            }
        });
    }

    private static List<Channel> channels() {
        List<Channel> channels = new ArrayList<>(ROUNDS);
        for (int i = 0; i < ROUNDS; i++) {
            channels.add(new Channel());
        }
        return channels;
    }
}
