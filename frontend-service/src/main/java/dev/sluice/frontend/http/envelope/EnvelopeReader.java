package dev.sluice.frontend.http.envelope;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Validates a request envelope to its last byte and finds its input, which is never turned into objects or text: the
 * actor's host does that. Strings are skipped, not built, so that a body costs no memory beyond itself.
 */
public final class EnvelopeReader {

    private static final String SHAPE = "{\"input\": ..., \"slo_ms\": 100}";

    private EnvelopeReader() {}

    /**
     * Reads the envelope between the body's reader and writer index and moves neither.
     *
     * @throws QueryException {@code INVALID_INPUT} with a sentence that says what is wrong
     */
    public static Envelope read(ByteBuf body) {
        int start = JsonText.start(body);
        return JsonText.read(body, start, body.writerIndex(), parser -> new Walk(parser, body, start).envelope());
    }

    /** One pass over the members of one envelope. */
    private static final class Walk {

        private static final int INPUT = 1;
        private static final int SLO = 2;
        private static final int PRIORITY = 4;
        private static final int ID = 8;
        private static final int VERSION = 16;

        private final JsonParser parser;
        private final MemberSpan input;
        private int seen;
        private long sloNanos;
        private int priority;
        private @Nullable String version;
        private @Nullable String id;

        Walk(JsonParser parser, ByteBuf body, int offset) {
            this.parser = parser;
            this.input = new MemberSpan(parser, body, offset);
        }

        Envelope envelope() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw QueryOptions.invalid("The body must be a JSON object like " + SHAPE
                        + "; a body that is the input itself needs another Content-Type than application/json.");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                input.atName();
                member(parser.currentName());
            }
            int end = input.position();
            if (parser.nextToken() != null) {
                throw QueryOptions.invalid("The body must be one JSON object; something follows its end.");
            }
            if (!input.isFound()) {
                throw QueryOptions.invalid("The member input is missing; a body looks like " + SHAPE + ".");
            }
            return new Envelope(input.start(), input.end(end), sloNanos, priority, version, id);
        }

        private void member(String name) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "input" -> {
                    once(INPUT, name);
                    input.begins();
                    parser.skipChildren();
                }
                case "slo_ms" -> {
                    once(SLO, name);
                    sloNanos = slo(value);
                }
                case "priority" -> {
                    once(PRIORITY, name);
                    priority = priority(value);
                }
                case "version" -> {
                    once(VERSION, name);
                    version = version(value);
                }
                case "id" -> {
                    once(ID, name);
                    id = id(value);
                }
                default ->
                    throw QueryOptions.invalid("The member " + shortened(name)
                            + " is not known; an envelope has input, slo_ms, priority, version and id.");
            }
        }

        private void once(int member, String name) {
            if ((seen & member) != 0) {
                throw QueryOptions.invalid("The member " + name + " is there twice.");
            }
            seen |= member;
        }

        private long slo(JsonToken value) {
            if (value == JsonToken.VALUE_NULL) {
                return 0;
            }
            if (!value.isNumeric()) {
                throw QueryOptions.invalid("slo_ms must be a number of milliseconds.");
            }
            return QueryOptions.sloNanos(parser.getDoubleValue(), "slo_ms");
        }

        private int priority(JsonToken value) {
            if (value == JsonToken.VALUE_NULL) {
                return 0;
            }
            if (value != JsonToken.VALUE_NUMBER_INT || parser.getString().length() > 9) {
                throw QueryOptions.invalid("priority must be a whole number between 0 (unset) and "
                        + QueryOptions.MAX_PRIORITY + "; 1 is the highest.");
            }
            return QueryOptions.priority(parser.getIntValue(), "priority");
        }

        private @Nullable String version(JsonToken value) {
            if (value == JsonToken.VALUE_NULL) {
                return null;
            }
            if (value != JsonToken.VALUE_STRING) {
                throw QueryOptions.invalid("version must be a string, like \"2\".");
            }
            return QueryOptions.version(parser.getString(), "version");
        }

        private @Nullable String id(JsonToken value) {
            if (value == JsonToken.VALUE_NULL) {
                return null;
            }
            if (value != JsonToken.VALUE_STRING) {
                throw QueryOptions.invalid("id must be a string.");
            }
            return QueryOptions.id(parser.getString(), "id");
        }

        private static String shortened(String name) {
            return name.length() > 64 ? name.substring(0, 64) + "..." : name;
        }
    }
}
