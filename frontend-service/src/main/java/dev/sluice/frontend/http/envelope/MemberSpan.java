package dev.sluice.frontend.http.envelope;

import io.netty.buffer.ByteBuf;
import tools.jackson.core.JsonParser;

/**
 * Where the value of one member of an object lies in the bytes. It ends before what follows it: white space, and a comma where another
 * member follows. Asking the parser for the end of a string would make it build the string.
 */
public final class MemberSpan {

    private final JsonParser parser;
    private final ByteBuf body;
    private final int offset;
    private int start = -1;
    private int followedByName = -1;

    /** @param offset where in the body the parser began */
    public MemberSpan(JsonParser parser, ByteBuf body, int offset) {
        this.parser = parser;
        this.body = body;
        this.offset = offset;
    }

    /** The parser is at the first token of the value. */
    public void begins() {
        start = position();
        followedByName = -1;
    }

    /** The parser is at the name of any member. */
    public void atName() {
        if (start >= 0 && followedByName < 0) {
            followedByName = position();
        }
    }

    public boolean isFound() {
        return start >= 0;
    }

    public int start() {
        return start;
    }

    /**
     * Where the value ends, exclusive. Only called once the whole body proved to be JSON: the position of a member that the body
     * breaks off in is not dependable.
     *
     * @param objectEnd where the object's closing brace is
     */
    public int end(int objectEnd) {
        return followedByName < 0 ? skipSpaceBefore(objectEnd) : skipSpaceBefore(skipSpaceBefore(followedByName) - 1);
    }

    /** Where the current token starts, as an index of the body. */
    public int position() {
        return offset + (int) parser.currentTokenLocation().getByteOffset();
    }

    private int skipSpaceBefore(int end) {
        int last = end;
        while (body.getByte(last - 1) <= ' ' && body.getByte(last - 1) >= 0) {
            last--;
        }
        return last;
    }
}
