package dev.sluice.sdk.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.InferRequests;
import dev.sluice.common.tensor.InferResult;
import dev.sluice.common.tensor.Tensor;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.test.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of the Open Inference Protocol, as clients write them. */
final class Infer {

    private Infer() {}

    /** A request as text, without its outer braces; single quotes stand for double ones. */
    static Content json(String members) {
        byte[] bytes = ("{" + members.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
        return new Content(bytes, "application/octet-stream;json-length=" + bytes.length);
    }

    /** The only input of a request as text: its type, shape and data. */
    static Content input(String type, String shape, String data) {
        return json("'inputs': [{'name': 'input', 'datatype': '" + type + "', 'shape': " + shape + ", 'data': " + data
                + "}]");
    }

    static Content binary(DataType type, ByteBuf data, long... shape) {
        InferResult request =
                InferRequests.binary(List.of(new Tensor("input", type, shape, data)), UnpooledByteBufAllocator.DEFAULT);
        byte[] bytes = ByteBufUtil.getBytes(request.body());
        request.body().release();
        return new Content(bytes, request.mediaType());
    }

    static ByteBuf longs(long... values) {
        ByteBuf data = Unpooled.buffer();
        for (long value : values) {
            data.writeLongLE(value);
        }
        return data;
    }

    /** The only output, of an answer in JSON. */
    static JsonNode output(Reply reply) {
        assertThat(reply.failure()).isEmpty();
        assertThat(reply.content().mediaType()).isEqualTo("application/json");
        JsonNode outputs = reply.value().path("outputs");
        assertThat(outputs.size()).isEqualTo(1);
        return outputs.path(0);
    }

    /** As {@code INT64[3] [2,3,4]}. */
    static String text(Reply reply) {
        JsonNode output = output(reply);
        return output.path("datatype").asString() + output.path("shape") + " " + output.path("data");
    }

    /** The data behind the JSON of a binary answer. */
    static ByteBuf data(Reply reply) {
        Content content = reply.content();
        int length = Integer.parseInt(content.mediaType().replaceFirst(".*json-length=", ""));
        JsonNode output = JsonMapper.shared()
                .readTree(new String(content.bytes(), 0, length, StandardCharsets.UTF_8))
                .path("outputs")
                .path(0);
        ByteBuf data = Unpooled.wrappedBuffer(content.bytes(), length, content.bytes().length - length);
        assertThat(output.path("parameters").path("binary_data_size").asInt()).isEqualTo(data.readableBytes());
        return data;
    }
}
