package io.multishot.examples.rsocket;

import io.netty.buffer.ByteBufUtil;
import io.rsocket.Payload;
import io.rsocket.util.DefaultPayload;
import java.nio.charset.StandardCharsets;

/** The message in both directions: a text as the data, and the 8 bytes of its ticket as the metadata. */
final class Message {
    private final byte[] ticket;
    private final String text;

    Message(byte[] ticket, String text) {
        this.ticket = ticket;
        this.text = text;
    }

    /** Takes over the payload. Without metadata the ticket is empty, which no correlator knows. */
    static Message from(Payload payload) {
        try {
            return new Message(ByteBufUtil.getBytes(payload.sliceMetadata()), payload.getDataUtf8());
        } finally {
            payload.release();
        }
    }

    Payload toPayload() {
        return DefaultPayload.create(text.getBytes(StandardCharsets.UTF_8), ticket);
    }

    /** The same ticket, unread, with another text. */
    Message answeredBy(String answer) {
        return new Message(ticket, answer);
    }

    byte[] ticket() {
        return ticket;
    }

    String text() {
        return text;
    }
}
