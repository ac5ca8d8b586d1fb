package dev.sluice.frontend.message;

import dev.sluice.common.trace.TraceContext;
import dev.sluice.frontend.access.Secret;
import dev.sluice.frontend.message.Message.Span;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One pass over the members of one message. */
final class MessageWalk {

    private static final int MOST_MEDIA_TYPE = 255;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_KEY = 8 * 1024;

    private final JsonParser parser;
    private final ByteBuf bytes;
    private final int offset;
    private final MessageReader rules;
    private final Set<Member> seen = EnumSet.noneOf(Member.class);
    private final Map<Member, String> texts = new EnumMap<>(Member.class);
    private int inputStart = -1;
    private long sloNanos;
    private int priority;
    private @Nullable Boolean stream;
    private boolean cancel;

    MessageWalk(JsonParser parser, ByteBuf bytes, int offset, MessageReader rules) {
        this.parser = parser;
        this.bytes = bytes;
        this.offset = offset;
        this.rules = rules;
    }

    Message message() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw MessageReader.invalid(rules.what() + " must be a JSON object like " + rules.shape() + ".");
        }
        int followedByName = -1;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            if (inputStart >= 0 && followedByName < 0) {
                followedByName = position();
            }
            member(parser.currentName());
        }
        int end = position();
        String key = texts.get(Member.KEY);
        if (parser.nextToken() != null) {
            throw MessageReader.invalid(rules.what() + " must be one JSON object; something follows its end.");
        }
        return new Message(
                texts.get(Member.ACTOR),
                texts.get(Member.METHOD),
                texts.get(Member.ID),
                inputStart < 0 ? null : new Span(inputStart, inputEnd(followedByName, end)),
                new CallOptions(
                        sloNanos,
                        priority,
                        texts.get(Member.VERSION),
                        texts.getOrDefault(Member.TENANT, ""),
                        key == null ? null : new Secret(key),
                        texts.get(Member.MEDIA_TYPE),
                        TraceContext.of(texts.get(Member.TRACEPARENT), texts.get(Member.TRACESTATE))),
                stream,
                cancel);
    }

    private void member(String key) {
        Member member = named(key);
        if (!seen.add(member)) {
            throw MessageReader.invalid("The member " + key + " is there twice.");
        }
        JsonToken value = parser.nextToken();
        if (member == Member.INPUT) {
            inputStart = position();
            parser.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
            read(member, value);
        }
    }

    private Member named(String key) {
        for (Member member : Member.values()) {
            if (member.key().equals(key) && rules.allows(member)) {
                return member;
            }
        }
        String shortened = key.length() > 64 ? key.substring(0, 64) + "..." : key;
        throw MessageReader.invalid("The member " + shortened + " is not known; " + lower(rules.what()) + " has "
                + rules.allowedKeys() + ".");
    }

    private void read(Member member, JsonToken value) {
        switch (member) {
            case SLO_MS -> sloNanos = slo(value);
            case PRIORITY -> priority = priority(value);
            case STREAM -> stream = flag(member, value);
            case CANCEL -> cancel = flag(member, value);
            case TRACEPARENT, TRACESTATE -> {
                // What is none is as if it were not there: no query fails for its trace.
                if (value == JsonToken.VALUE_STRING) {
                    texts.put(member, checked(member, text(member, value)));
                } else {
                    parser.skipChildren();
                }
            }
            default -> texts.put(member, checked(member, text(member, value)));
        }
    }

    private long slo(JsonToken value) {
        if (!value.isNumeric()) {
            throw MessageReader.invalid("slo_ms must be a number of milliseconds.");
        }
        return QueryOptions.sloNanos(parser.getDoubleValue(), "slo_ms");
    }

    private int priority(JsonToken value) {
        if (value != JsonToken.VALUE_NUMBER_INT || parser.getString().length() > 9) {
            throw MessageReader.invalid("priority must be a whole number between 0 (unset) and "
                    + QueryOptions.MAX_PRIORITY + "; 1 is the highest.");
        }
        return QueryOptions.priority(parser.getIntValue(), "priority");
    }

    private static boolean flag(Member member, JsonToken value) {
        if (!value.isBoolean()) {
            throw MessageReader.invalid(member.key() + " must be true or false.");
        }
        return value == JsonToken.VALUE_TRUE;
    }

    private String text(Member member, JsonToken value) {
        if (value != JsonToken.VALUE_STRING) {
            throw MessageReader.invalid(member.key() + " must be a string.");
        }
        return parser.getString();
    }

    private static String checked(Member member, String text) {
        return switch (member) {
            case ID, TENANT -> QueryOptions.id(text, member.key());
            case VERSION -> QueryOptions.version(text, member.key());
            case MEDIA_TYPE -> mediaType(text);
            case KEY -> key(text);
            // What is none is as if it were not there: no query fails for its trace.
            case TRACEPARENT, TRACESTATE -> text;
            default -> name(member, text);
        };
    }

    /** Of an actor or a method: replies name it. */
    private static String name(Member member, String text) {
        if (text.length() > LONGEST_NAME) {
            throw MessageReader.invalid(member.key() + " has " + text.length() + " characters; no name has more than "
                    + LONGEST_NAME + ".");
        }
        return text;
    }

    private static String key(String text) {
        if (text.length() > LONGEST_KEY) {
            throw MessageReader.invalid(
                    "key has " + text.length() + " characters; no key or token has more than " + LONGEST_KEY + ".");
        }
        return text;
    }

    private static String mediaType(String text) {
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (!printable || text.isBlank() || text.length() > MOST_MEDIA_TYPE) {
            throw MessageReader.invalid("media_type must be 1 to " + MOST_MEDIA_TYPE
                    + " printable ASCII characters, like application/octet-stream.");
        }
        return text;
    }

    /** Where the current token starts. */
    private int position() {
        return offset + (int) parser.currentTokenLocation().getByteOffset();
    }

    /**
     * The input ends before what follows it: white space, and a comma where another member follows. Asking the parser for the end
     * of a string would make it build the string. Only called once the whole message proved to be JSON.
     */
    private int inputEnd(int followedByName, int objectEnd) {
        return followedByName < 0 ? skipSpaceBefore(objectEnd) : skipSpaceBefore(skipSpaceBefore(followedByName) - 1);
    }

    private int skipSpaceBefore(int end) {
        int last = end;
        while (bytes.getByte(last - 1) <= ' ' && bytes.getByte(last - 1) >= 0) {
            last--;
        }
        return last;
    }

    private static String lower(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
