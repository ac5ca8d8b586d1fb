package dev.sluice.common.tensor;

import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Jackson as tensors need it. */
final class InferJson {

    /** Size is limited before it comes here; long strings and numbers are no attack of their own, deep nesting is. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER, StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNestingDepth(100)
                            .build())
                    .build())
            .build();

    private InferJson() {}

    static JsonParser parser(ByteBuf body) {
        if (body.hasArray()) {
            return MAPPER.createParser(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
        }
        InputStream bytes = new ByteBufInputStream(body.slice());
        return MAPPER.createParser(bytes);
    }

    static JsonGenerator generator(ByteBuf out) {
        OutputStream bytes = new ByteBufOutputStream(out);
        return MAPPER.createGenerator(bytes);
    }

    static QueryException notJson(JacksonException wrong) {
        // What follows is advice on how the server could be set up to accept it.
        String message = wrong.getOriginalMessage().strip().split(" \\(|: enable ", 2)[0];
        return Invalid.input("The input is not valid JSON: " + message + ".");
    }
}
