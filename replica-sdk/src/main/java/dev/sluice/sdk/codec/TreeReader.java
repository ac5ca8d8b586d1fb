package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code JsonNode}: null, true, false and integers are read without Jackson. */
final class TreeReader extends JsonReader {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    TreeReader(ObjectReader reader) {
        super(reader, "JSON value");
    }

    @Override
    public @Nullable Object read(ByteBuf body, String mediaType) {
        requireJson(mediaType);
        long plain = JsonScan.integer(body);
        if (plain != JsonScan.NOT_PLAIN) {
            return (int) plain == plain
                    ? JsonNodeFactory.instance.numberNode((int) plain)
                    : JsonNodeFactory.instance.numberNode(plain);
        }
        if (JsonScan.is(body, NULL)) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (JsonScan.is(body, TRUE) || JsonScan.is(body, FALSE)) {
            return JsonNodeFactory.instance.booleanNode(body.readableBytes() == TRUE.length);
        }
        return parse(body);
    }
}
