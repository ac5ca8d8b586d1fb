package dev.sluice.router.pipeline.run;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.router.pipeline.expression.ExpressionFailed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline was asked, or what a step has come to: bytes as they came, which are read only if an expression asks, or what an
 * expression made. Not thread-safe: it belongs to one run.
 */
final class Value {

    /** Of what need not be read. */
    private static final Room NO_ROOM = bytes -> false;

    static final Value NOTHING = new Value(Value.JSON, null, null, "nothing", ErrorCode.FAILED, NO_ROOM);

    private static final String JSON = "application/json";

    private final String mediaType;
    private final String what;
    private final ErrorCode blame;
    private final Room room;
    private @Nullable ByteBuf bytes;
    private @Nullable Object tree;
    private boolean isRead;

    private Value(
            String mediaType, @Nullable ByteBuf bytes, @Nullable Object tree, String what, ErrorCode blame, Room room) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.tree = tree;
        this.isRead = bytes == null;
        this.what = what;
        this.blame = blame;
        this.room = room;
    }

    /** What the pipeline was asked: where that cannot be read, its caller is to send something else. */
    static Value ofInput(String mediaType, ByteBuf bytes, Room room) {
        return new Value(mediaType, bytes, null, "The input", ErrorCode.INVALID_INPUT, room);
    }

    /** What an actor answered. */
    static Value ofResult(String mediaType, ByteBuf bytes, String actor, Room room) {
        return new Value(mediaType, bytes, null, "The result of '" + actor + "'", ErrorCode.FAILED, room);
    }

    static Value of(@Nullable Object tree) {
        return tree == null ? NOTHING : new Value(JSON, null, tree, "", ErrorCode.FAILED, NO_ROOM);
    }

    String mediaType() {
        return mediaType;
    }

    /** As expressions see it. */
    @Nullable Object tree() throws ExpressionFailed {
        if (!isRead) {
            tree = read();
            isRead = true;
        }
        return tree;
    }

    private @Nullable Object read() throws ExpressionFailed {
        ByteBuf from = bytes;
        if (from == null || !from.isReadable()) {
            return null;
        }
        String essence = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (essence.isEmpty() || essence.equals(JSON) || essence.equals("text/json") || essence.endsWith("+json")) {
            return read(room -> JsonTree.read(new ByteBufInputStream(from.duplicate()), room));
        }
        if (essence.startsWith("text/")) {
            return read(room -> {
                room.text(from.readableBytes());
                room.take();
                return from.toString(StandardCharsets.UTF_8);
            });
        }
        throw new ExpressionFailed(blame, what + " is " + mediaType + ", which no expression can read.");
    }

    private interface Reading {
        @Nullable Object into(TreeRoom room) throws JsonTree.Unreadable;
    }

    private @Nullable Object read(Reading reading) throws ExpressionFailed {
        try {
            return reading.into(new TreeRoom(room));
        } catch (JsonTree.Unreadable e) {
            throw new ExpressionFailed(e.forWantOfRoom() ? ErrorCode.OVERLOADED : blame, what + " " + e.predicate());
        }
    }

    /**
     * Sees to it that it has bytes.
     *
     * @return how many had to be made for it
     */
    long write() throws ExpressionFailed {
        if (bytes != null || this == NOTHING) {
            return 0;
        }
        byte[] made = PlainJson.write(tree);
        bytes = Unpooled.wrappedBuffer(made);
        return made.length;
    }

    /** As actors see it, once it is written; not retained for the caller. */
    ByteBuf bytes() {
        ByteBuf written = bytes;
        // Nothing is of all runs at once: it keeps nothing.
        return written == null ? Unpooled.copiedBuffer("null", StandardCharsets.UTF_8) : written;
    }
}
