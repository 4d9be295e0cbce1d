package io.multishot.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.multishot.testkit.Nothing;
import java.nio.CharBuffer;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a ticket on the wire: exact both ways, and strict. */
class TicketTest {
    private static final RuntimeException CAUSE = new RuntimeException("cause");

    private final Correlator<String> correlator =
            Correlator.builder(1).timeSource(() -> 0).sweepByCaller().build();

    @Test
    void toHex_someTickets_isAsWritten() {
        assertThat(Ticket.toHex(0)).isEqualTo("0000000000000000");
        assertThat(Ticket.toHex(0xfedcba987654321L)).isEqualTo("0fedcba987654321");
        assertThat(Ticket.toHex(-1)).isEqualTo("ffffffffffffffff");
        assertThat(Ticket.toHex(Long.MIN_VALUE)).isEqualTo("8000000000000000");
    }

    @Test
    void toBytes_someTickets_isMostSignificantFirst() {
        assertThat(Ticket.toBytes(0x0102030405060708L)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(Ticket.toBytes(-2)).containsExactly(-1, -1, -1, -1, -1, -1, -1, -2);
    }

    @Test
    void parse_whatWasWritten_isTheTicket() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 1_000; i++) {
            expectRoundTrip(random.nextLong());
        }
        for (long ticket : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32}) {
            expectRoundTrip(ticket);
        }
    }

    private static void expectRoundTrip(long ticket) {
        assertThat(Ticket.parseHex(Ticket.toHex(ticket))).isEqualTo(ticket);
        assertThat(Ticket.parseHex(Ticket.toHex(ticket).toUpperCase(Locale.ROOT)))
                .isEqualTo(ticket);
        assertThat(Ticket.parseHex(CharBuffer.wrap(Ticket.toHex(ticket)))).isEqualTo(ticket);
        assertThat(Ticket.parseBytes(Ticket.toBytes(ticket))).isEqualTo(ticket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "123456789abcdef",
                "0123456789abcdef0",
                " 123456789abcdef",
                "123456789abcdef ",
                "0123456 89abcdef",
                "-123456789abcdef",
                "+123456789abcdef",
                "0x23456789abcdef",
                "0x0123456789abcdef",
                "０123456789abcdef",
                "０１２３４５６７８９ａｂｃｄｅｆ",
                "0123456789abcdeg",
                "g123456789abcdef",
                "012345678-9abcde",
                "0123456789abcd\r\n",
                "٠123456789abcdef",
                "0123456789abcde\u0000",
                "0123456789abcde/",
                "0123456789abcde:",
                "0123456789abcde@",
                "0123456789abcde`"
            })
    void parseHex_anythingElse_isRefusedAndShown(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ticket.parseHex(text))
                .withMessage("a ticket is 16 hexadecimal digits, not \"" + text + "\"");
        expectUnknown(text);
    }

    @Test
    void parseHex_longGarbage_isShortenedInTheMessage() {
        String longest = "x".repeat(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ticket.parseHex(longest))
                .withMessage("a ticket is 16 hexadecimal digits, not \"" + longest + "\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ticket.parseHex("x".repeat(1_000_000)))
                .withMessage("a ticket is 16 hexadecimal digits, not \"" + longest + "…\" (1000000 characters)");
        expectUnknown("x".repeat(1_000_000));
    }

    @Test
    void parse_null_isRefused() {
        CharSequence noDigits = Nothing.asA();
        byte[] noBytes = Nothing.asA();
        assertThatNullPointerException()
                .isThrownBy(() -> Ticket.parseHex(noDigits))
                .withMessage("digits");
        assertThatNullPointerException()
                .isThrownBy(() -> Ticket.parseBytes(noBytes))
                .withMessage("bytes");
        expectUnknown((CharSequence) null);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9, 16, 1000})
    void parseBytes_anotherLength_isRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ticket.parseBytes(new byte[length]))
                .withMessage("a ticket is 8 bytes, not " + length);
        expectUnknownBytes(new byte[length]);
    }

    @ParameterizedTest
    @NullSource
    void reply_nullBytes_isUnknown(byte @Nullable [] none) {
        expectUnknownBytes(none);
    }

    @Test
    void reply_ticketAsTextOrBytes_isDelivered() {
        assertThat(correlator.complete(Ticket.toHex(correlator.open().ticket()), "a"))
                .isEqualTo(ReplyResult.DELIVERED);
        assertThat(correlator.complete(Ticket.toBytes(correlator.open().ticket()), "a"))
                .isEqualTo(ReplyResult.DELIVERED);
        assertThat(correlator.fail(Ticket.toHex(correlator.open().ticket()), CAUSE))
                .isEqualTo(ReplyResult.DELIVERED);
        assertThat(correlator.fail(Ticket.toBytes(correlator.open().ticket()), CAUSE))
                .isEqualTo(ReplyResult.DELIVERED);

        assertThat(correlator.statistics()).isEqualTo(new CorrelatorStatistics(0, 0, 4, 2, 2, 0, 0, 0, 0, 0, 0));
    }

    private void expectUnknown(@Nullable CharSequence text) {
        Pending<String> inFlight = correlator.open();
        assertThat(correlator.complete(text, "a")).isEqualTo(ReplyResult.UNKNOWN);
        assertThat(correlator.fail(text, CAUSE)).isEqualTo(ReplyResult.UNKNOWN);
        expectTwoUnknown(inFlight);
    }

    private void expectUnknownBytes(byte @Nullable [] bytes) {
        Pending<String> inFlight = correlator.open();
        assertThat(correlator.complete(bytes, "a")).isEqualTo(ReplyResult.UNKNOWN);
        assertThat(correlator.fail(bytes, CAUSE)).isEqualTo(ReplyResult.UNKNOWN);
        expectTwoUnknown(inFlight);
    }

    private void expectTwoUnknown(Pending<String> inFlight) {
        assertThat(correlator.statistics().unknown()).isEqualTo(2);
        assertThat(inFlight.cancel()).isTrue();
    }
}
