package dev.sluice.frontend.http.envelope;

import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Validates a request envelope to its last byte and finds its input, which is never turned into objects or text: the
 * actor's host does that. Strings are skipped, not built, so that a body costs no memory beyond itself.
 */
public final class EnvelopeReader {

    /** Levels of nesting in a body; a deeper one would only exhaust the stack of who decodes it. */
    public static final int MAX_DEPTH = 500;

    private static final String SHAPE = "{\"input\": ..., \"slo_ms\": 100}";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private EnvelopeReader() {}

    /**
     * Reads the envelope between the body's reader and writer index and moves neither.
     *
     * @throws QueryException {@code INVALID_INPUT} with a sentence that says what is wrong
     */
    public static Envelope read(ByteBuf body) {
        int start = skipByteOrderMark(body);
        requireUtf8(body, start);
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), new BodyStream(body, start, body.writerIndex()))) {
            return new Walk(parser, body, start).envelope();
        } catch (StreamConstraintsException e) {
            throw QueryOptions.invalid(sentence("The body exceeds a limit", e));
        } catch (JacksonException e) {
            throw QueryOptions.invalid(sentence("The body is not valid JSON", e));
        }
    }

    private static int skipByteOrderMark(ByteBuf body) {
        int start = body.readerIndex();
        boolean marked = body.readableBytes() >= 3 && body.getUnsignedMedium(start) == 0xEFBBBF;
        return marked ? start + 3 : start;
    }

    /** The parser would follow UTF-16 and UTF-32, whose bytes no actor expects: both show a zero or a mark early. */
    private static void requireUtf8(ByteBuf body, int start) {
        int end = Math.min(body.writerIndex(), start + 4);
        for (int i = start; i < end; i++) {
            int b = body.getUnsignedByte(i);
            if (b == 0 || b >= 0xFE) {
                throw QueryOptions.invalid("The body is not UTF-8 JSON; send it as UTF-8.");
            }
        }
    }

    private static String sentence(String what, JacksonException e) {
        StringBuilder text = new StringBuilder(what).append(": ").append(firstLine(e.getOriginalMessage()));
        TokenStreamLocation at = e.getLocation();
        if (at != null && at.getLineNr() > 0) {
            text.append(" (line ")
                    .append(at.getLineNr())
                    .append(", column ")
                    .append(at.getColumnNr())
                    .append(')');
        }
        return text.append('.').toString();
    }

    private static String firstLine(@Nullable String message) {
        if (message == null) {
            return "it ends early";
        }
        int end = message.indexOf('\n');
        // What follows is advice to programmers who use the parser.
        int advice = message.indexOf(": enable `");
        int cut = end < 0 || (advice >= 0 && advice < end) ? advice : end;
        String line = cut < 0 ? message : message.substring(0, cut);
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }

    /** One pass over the members of one envelope. */
    private static final class Walk {

        private static final int INPUT = 1;
        private static final int SLO = 2;
        private static final int PRIORITY = 4;
        private static final int ID = 8;
        private static final int VERSION = 16;

        private final JsonParser parser;
        private final ByteBuf body;
        private final int offset;
        private int seen;
        private int inputStart = -1;
        private long sloNanos;
        private int priority;
        private @Nullable String version;
        private @Nullable String id;

        Walk(JsonParser parser, ByteBuf body, int offset) {
            this.parser = parser;
            this.body = body;
            this.offset = offset;
        }

        Envelope envelope() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw QueryOptions.invalid("The body must be a JSON object like " + SHAPE
                        + "; a body that is the input itself needs another Content-Type than application/json.");
            }
            int followedByName = -1;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                if (inputStart >= 0 && followedByName < 0) {
                    followedByName = position();
                }
                member(parser.currentName());
            }
            int end = position();
            if (parser.nextToken() != null) {
                throw QueryOptions.invalid("The body must be one JSON object; something follows its end.");
            }
            if (inputStart < 0) {
                throw QueryOptions.invalid("The member input is missing; a body looks like " + SHAPE + ".");
            }
            return new Envelope(inputStart, inputEnd(followedByName, end), sloNanos, priority, version, id);
        }

        /**
         * The input ends before what follows it: white space, and a comma where another member follows. Asking the
         * parser for the end of a string would make it build the string. Only called once the whole body proved to be
         * JSON: the position of a member that the body breaks off in is not dependable.
         */
        private int inputEnd(int followedByName, int objectEnd) {
            return followedByName < 0
                    ? skipSpaceBefore(objectEnd)
                    : skipSpaceBefore(skipSpaceBefore(followedByName) - 1);
        }

        private void member(String name) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "input" -> {
                    once(INPUT, name);
                    inputStart = position();
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

        /** Where the current token starts. */
        private int position() {
            return offset + (int) parser.currentTokenLocation().getByteOffset();
        }

        private int skipSpaceBefore(int end) {
            int last = end;
            while (body.getByte(last - 1) <= ' ' && body.getByte(last - 1) >= 0) {
                last--;
            }
            return last;
        }

        private static String shortened(String name) {
            return name.length() > 64 ? name.substring(0, 64) + "..." : name;
        }
    }
}
