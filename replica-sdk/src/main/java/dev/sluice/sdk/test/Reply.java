package dev.sluice.sdk.test;

import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.codec.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** How one query ended. */
public final class Reply {

    private final @Nullable Content content;
    private final @Nullable Failure failure;
    private final JsonMapper json;

    private Reply(@Nullable Content content, @Nullable Failure failure, JsonMapper json) {
        this.content = content;
        this.failure = failure;
        this.json = json;
    }

    static Reply of(Content content, JsonMapper json) {
        return new Reply(content, null, json);
    }

    static Reply failed(Failure failure, JsonMapper json) {
        return new Reply(null, failure, json);
    }

    /** Why the query failed; empty where it did not. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The body as a caller would receive it.
     *
     * @throws QueryException where the query failed
     */
    public Content content() {
        if (content == null) {
            throw failure().orElseThrow().toException();
        }
        return content;
    }

    /**
     * The result as JSON. A text body is a string node, any other body that is not JSON a binary one.
     *
     * @throws QueryException where the query failed
     */
    public JsonNode value() {
        Content body = content();
        if (MediaTypes.isJson(body.mediaType())) {
            return json.readTree(body.bytes());
        }
        return MediaTypes.isText(body.mediaType())
                ? JsonNodeFactory.instance.stringNode(text(body))
                : JsonNodeFactory.instance.binaryNode(body.bytes());
    }

    /**
     * The result as a Java value; null for JSON's null. {@code Content} and {@code byte[]} are the body as it is.
     *
     * @throws QueryException where the query failed
     */
    public <R> @Nullable R as(Class<R> type) {
        Content body = content();
        if (type == Content.class) {
            return type.cast(body);
        }
        if (MediaTypes.isJson(body.mediaType())) {
            return json.readValue(body.bytes(), type);
        }
        return type == byte[].class ? type.cast(body.bytes()) : json.treeToValue(value(), type);
    }

    private static String text(Content body) {
        return new String(body.bytes(), MediaTypes.charset(body.mediaType()).orElse(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return failure == null ? value().toString() : failure.toString();
    }
}
