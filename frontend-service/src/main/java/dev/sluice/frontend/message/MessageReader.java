package dev.sluice.frontend.message;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Validates a JSON message to its last byte and finds its input, which is never turned into objects or text: the actor's host
 * does that. Thread-safe.
 */
public final class MessageReader {

    /** Levels of nesting in a message; a deeper one would only exhaust the stack of who decodes it. */
    public static final int MAX_DEPTH = 500;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private final String what;
    private final String shape;
    private final Set<Member> allowed;

    /**
     * @param what the message is called in errors, for instance {@code The header}
     * @param shape an example that errors show
     * @param allowed which members it may have
     */
    public MessageReader(String what, String shape, Set<Member> allowed) {
        this.what = what;
        this.shape = shape;
        this.allowed = EnumSet.copyOf(allowed);
    }

    /**
     * Reads the message between the buffer's reader and writer index and moves neither.
     *
     * @throws QueryException {@code INVALID_INPUT} with a sentence that says what is wrong
     */
    public Message read(ByteBuf bytes) {
        int start = skipByteOrderMark(bytes);
        requireUtf8(bytes, start);
        try (JsonParser parser = parser(bytes, start)) {
            return new MessageWalk(parser, bytes, start, this).message();
        } catch (JacksonException e) {
            throw invalid(what + " is not valid JSON: " + reason(e));
        }
    }

    private static JsonParser parser(ByteBuf bytes, int start) {
        int length = bytes.writerIndex() - start;
        return bytes.hasArray()
                ? JSON.createParser(ObjectReadContext.empty(), bytes.array(), bytes.arrayOffset() + start, length)
                : JSON.createParser(
                        ObjectReadContext.empty(), (InputStream) new ByteBufInputStream(bytes.slice(start, length)));
    }

    private static int skipByteOrderMark(ByteBuf bytes) {
        int start = bytes.readerIndex();
        boolean marked = bytes.readableBytes() >= 3 && bytes.getUnsignedMedium(start) == 0xEFBBBF;
        return marked ? start + 3 : start;
    }

    /** The parser would follow UTF-16 and UTF-32, whose bytes no actor expects: both show a zero or a mark early. */
    private void requireUtf8(ByteBuf bytes, int start) {
        if (start == bytes.writerIndex()) {
            throw invalid(what + " is empty; it looks like " + shape + ".");
        }
        int end = Math.min(bytes.writerIndex(), start + 4);
        for (int i = start; i < end; i++) {
            int b = bytes.getUnsignedByte(i);
            if (b == 0 || b >= 0xFE) {
                throw invalid(what + " is not UTF-8 JSON; send it as UTF-8, like " + shape + ".");
            }
        }
    }

    boolean allows(Member member) {
        return allowed.contains(member);
    }

    String allowedKeys() {
        return String.join(", ", allowed.stream().map(Member::key).toList());
    }

    String what() {
        return what;
    }

    String shape() {
        return shape;
    }

    static QueryException invalid(String message) {
        return new QueryException(ErrorCode.INVALID_INPUT, message);
    }

    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage() == null ? "it ends early" : e.getOriginalMessage();
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        // What follows is advice to programmers who use the parser.
        int advice = line.indexOf(": enable `");
        line = advice < 0 ? line : line.substring(0, advice);
        line = line.length() > 300 ? line.substring(0, 300) + "..." : line;
        TokenStreamLocation at = e.getLocation();
        return at != null && at.getLineNr() > 0
                ? line + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")."
                : line + ".";
    }
}
