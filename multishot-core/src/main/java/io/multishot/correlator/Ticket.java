package io.multishot.correlator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The forms of a ticket on the wire: the {@code long} itself, 8 bytes, most significant first, or 16 hexadecimal
 * digits.
 *
 * <p>Reading is strict. Text or bytes that are not exactly one ticket are refused with an exception that shows it;
 * nothing is trimmed, padded or cut. (A listener that must not throw hands the digits or bytes to {@link
 * Correlator#complete(CharSequence, Object)} or {@link Correlator#complete(byte[], Object)}, which answer {@link
 * ReplyResult#UNKNOWN}.)
 */
public final class Ticket {
    private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final HexFormat HEX = HexFormat.of();

    private Ticket() {}

    /**
     * Returns the ticket as text.
     *
     * @param ticket a ticket
     * @return 16 digits, in lower case
     */
    public static String toHex(long ticket) {
        return HEX.toHexDigits(ticket);
    }

    /**
     * Reads a ticket from text.
     *
     * @param digits exactly 16 hexadecimal digits of ASCII, in lower or upper case
     * @return the ticket
     * @throws NullPointerException if the text is {@code null}
     * @throws IllegalArgumentException if the text is anything else
     */
    public static long parseHex(CharSequence digits) {
        Objects.requireNonNull(digits, "digits");
        if (!isHex(digits)) {
            throw new IllegalArgumentException("a ticket is 16 hexadecimal digits, not " + shown(digits));
        }
        return ofHex(digits);
    }

    /**
     * Returns the ticket as bytes.
     *
     * @param ticket a ticket
     * @return 8 bytes, the most significant first
     */
    public static byte[] toBytes(long ticket) {
        byte[] bytes = new byte[Long.BYTES];
        BYTES.set(bytes, 0, ticket);
        return bytes;
    }

    /**
     * Reads a ticket from bytes.
     *
     * @param bytes exactly 8 bytes, the most significant first
     * @return the ticket
     * @throws NullPointerException if the array is {@code null}
     * @throws IllegalArgumentException if the array has another length
     */
    public static long parseBytes(byte[] bytes) {
        if (!isBytes(Objects.requireNonNull(bytes, "bytes"))) {
            throw new IllegalArgumentException("a ticket is 8 bytes, not " + bytes.length);
        }
        return (long) BYTES.get(bytes, 0);
    }

    /** Reads a text that {@link #isHex} accepts. */
    static long ofHex(CharSequence digits) {
        return HexFormat.fromHexDigitsToLong(digits);
    }

    static boolean isBytes(byte @Nullable [] bytes) {
        return bytes != null && bytes.length == Long.BYTES;
    }

    static boolean isHex(@Nullable CharSequence digits) {
        if (digits == null || digits.length() != 2 * Long.BYTES) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String shown(CharSequence digits) {
        int most = 64;
        return digits.length() <= most
                ? "\"" + digits + "\""
                : "\"" + digits.subSequence(0, most) + "…\" (" + digits.length() + " characters)";
    }
}
