package dev.sluice.frontend.oip;

import dev.sluice.frontend.http.envelope.JsonResult;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.model.Model;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** Puts results into {@code {"model_name": ..., "model_version": ..., "text_output": ...}}. */
final class GenerateAnswers {

    private final byte[] front;

    GenerateAnswers(Model model, String version, GenerateRequest request) {
        String output = request.asText() || model.outputs().size() != 1
                ? "text_output"
                : model.outputs().get(0).name();
        String id = request.id() == null ? "" : "\"id\":" + quoted(request.id()) + ",";
        String text = "{" + id + "\"model_name\":" + quoted(model.name()) + ",\"model_version\":" + quoted(version)
                + "," + quoted(output) + ":";
        front = text.getBytes(StandardCharsets.UTF_8);
    }

    /** One JSON object. Takes the answer's body over. */
    ByteBuf json(ByteBufAllocator allocator, Answer answer) {
        ByteBuf result = JsonResult.asJson(allocator, answer);
        return allocator
                .compositeBuffer(3)
                .addComponent(true, Unpooled.wrappedBuffer(front))
                .addComponent(true, result)
                .addComponent(true, Unpooled.wrappedBuffer(new byte[] {'}'}));
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
