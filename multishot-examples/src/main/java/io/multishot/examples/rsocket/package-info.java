/**
 * Questions over RSocket whose answers come back as requests of their own: both are sent by fire-and-forget, and the
 * ticket in the metadata tells which answer belongs to which question. {@link io.multishot.examples.rsocket.Asker}
 * asks, {@link io.multishot.examples.rsocket.AnswerServer} answers; start at
 * {@link io.multishot.examples.rsocket.RSocketSample}.
 *
 * <p>(A question that is answered at once needs none of this: {@code requestResponse} matches by itself.)
 */
@NullMarked
package io.multishot.examples.rsocket;

import org.jspecify.annotations.NullMarked;
