package dev.sluice.frontend.zmq;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.message.JsonMembers;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One frame of JSON, as in 2019. A result that is not JSON becomes a string (text) or base64 (anything else), followed by its
 * media type.
 *
 * @param actor that was asked for; null where that is not known
 * @param id of the query; null where the caller gave none
 */
record JsonForm(@Nullable String actor, @Nullable String id) implements ReplyForm {

    @Override
    public List<byte[]> answer(Answer answer) {
        return List.of(result(answer, ""));
    }

    @Override
    public List<byte[]> item(Answer answer) {
        return List.of(result(answer, ", \"more\": true"));
    }

    @Override
    public List<byte[]> end() {
        return List.of(named(true).add("more", false).end());
    }

    @Override
    public List<byte[]> failed(Failure failure) {
        return List.of(named(false).add(failure).end());
    }

    private JsonMembers named(boolean success) {
        return new JsonMembers()
                .add("success", success)
                .addIfPresent("actor", actor)
                .addIfPresent("id", id);
    }

    private byte[] result(Answer answer, String last) {
        String mediaType = JsonResult.isJson(answer.mediaType())
                ? ""
                : new String(
                        new JsonMembers().add("media_type", answer.mediaType()).end(), StandardCharsets.UTF_8);
        // The object's braces become a comma and the end of this one.
        String middle = mediaType.isEmpty() ? "" : ", " + mediaType.substring(1, mediaType.length() - 1);
        byte[] prefix = named(true).upTo("result");
        byte[] suffix = (middle + last + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuf result = JsonResult.asJson(ByteBufAllocator.DEFAULT, answer);
        try {
            int length = result.readableBytes();
            byte[] all = new byte[prefix.length + length + suffix.length];
            System.arraycopy(prefix, 0, all, 0, prefix.length);
            result.getBytes(result.readerIndex(), all, prefix.length, length);
            System.arraycopy(suffix, 0, all, prefix.length + length, suffix.length);
            return all;
        } finally {
            result.release();
        }
    }
}
