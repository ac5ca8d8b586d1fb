package dev.sluice.frontend.http;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Each answer is a piece of one body. A body that breaks off is told from a whole one by how the connection ends. */
record BodyForm(CharSequence mediaType) implements StreamForm {

    @Override
    public ByteBuf answer(Answer answer) {
        return answer.body();
    }

    @Override
    public ByteBuf end() {
        return Unpooled.EMPTY_BUFFER;
    }

    @Override
    public @Nullable ByteBuf failed(Failure failure, String actor) {
        return null;
    }

    @Override
    public @Nullable ByteBuf heartbeat() {
        return null;
    }
}
