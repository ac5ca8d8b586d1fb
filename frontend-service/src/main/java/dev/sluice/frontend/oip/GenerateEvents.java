package dev.sluice.frontend.oip;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.http.ServerSentEvents;
import dev.sluice.frontend.http.StreamForm;
import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Each result is an event; the last one ends the response, and a failure is an event with an error. */
record GenerateEvents(GenerateAnswers answers) implements StreamForm {

    @Override
    public CharSequence mediaType() {
        return "text/event-stream;charset=UTF-8";
    }

    @Override
    public ByteBuf answer(Answer answer) {
        ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
        return ServerSentEvents.answer(allocator, new Answer(answers.json(allocator, answer), JsonResult.JSON));
    }

    @Override
    public ByteBuf end() {
        return Unpooled.EMPTY_BUFFER;
    }

    @Override
    public ByteBuf failed(Failure failure, String actor) {
        return Unpooled.copiedBuffer("data: " + OipErrors.text(failure.message()) + "\n\n", StandardCharsets.UTF_8);
    }

    @Override
    public ByteBuf heartbeat() {
        return ServerSentEvents.comment(ByteBufAllocator.DEFAULT);
    }
}
