package dev.sluice.frontend.zmq;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.message.JsonMembers;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON header, and the result as it is.
 *
 * @param actor that was asked for; null where that is not known
 * @param id of the query; null where that is not known
 */
record FramedForm(@Nullable String actor, @Nullable String id) implements ReplyForm {

    private static final byte[] NOTHING = {};

    @Override
    public List<byte[]> answer(Answer answer) {
        return List.of(header(answer).end(), bytes(answer));
    }

    @Override
    public List<byte[]> item(Answer answer) {
        return List.of(header(answer).add("more", true).end(), bytes(answer));
    }

    @Override
    public List<byte[]> end() {
        return List.of(success().add("more", false).end(), NOTHING);
    }

    @Override
    public List<byte[]> failed(Failure failure) {
        JsonMembers header = new JsonMembers().add("success", false).add(failure);
        return List.of(
                header.addIfPresent("actor", actor).addIfPresent("id", id).end(), NOTHING);
    }

    private JsonMembers success() {
        return new JsonMembers().add("success", true).addIfPresent("id", id);
    }

    private JsonMembers header(Answer answer) {
        return success().add("media_type", answer.mediaType());
    }

    static byte[] bytes(Answer answer) {
        try {
            return ByteBufUtil.getBytes(answer.body());
        } finally {
            answer.body().release();
        }
    }
}
