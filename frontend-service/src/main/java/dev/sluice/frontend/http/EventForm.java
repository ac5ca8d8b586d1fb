package dev.sluice.frontend.http;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemJson;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Each answer is an event. */
final class EventForm implements StreamForm {

    private static final byte[] SUCCESS = "{\"success\": true}".getBytes(StandardCharsets.US_ASCII);

    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;

    @Override
    public CharSequence mediaType() {
        return MediaTypes.EVENT_STREAM + ";charset=UTF-8";
    }

    @Override
    public ByteBuf answer(Answer answer) {
        return ServerSentEvents.answer(allocator, answer);
    }

    @Override
    public ByteBuf end() {
        return ServerSentEvents.named(allocator, "end", SUCCESS);
    }

    @Override
    public ByteBuf failed(Failure failure, String actor) {
        return ServerSentEvents.named(allocator, "error", ProblemJson.bytes(Problem.of(failure, actor)));
    }

    @Override
    public ByteBuf heartbeat() {
        return ServerSentEvents.comment(allocator);
    }
}
