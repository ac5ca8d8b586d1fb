package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A result of a query. Has no meta: the media type is a field of its own. */
public final class ResultFrame extends Cargo implements Frame {

    /** Which of a query's results this is. */
    public enum Kind {
        /** The only one. */
        ONLY,
        /** One of several; more may follow. */
        ITEM,
        /** No result, the end of several. */
        END
    }

    private final long exchange;
    private final Kind kind;
    private final String mediaType;

    public ResultFrame(long exchange, Kind kind, String mediaType, ByteBuf body) {
        this(exchange, kind, mediaType, body.readableBytes(), 0, body);
    }

    ResultFrame(long exchange, Kind kind, String mediaType, int size, long ref, @Nullable ByteBuf body) {
        super(0, size, ref, body);
        this.exchange = exchange;
        this.kind = kind;
        this.mediaType = mediaType;
    }

    /** The same result as part of another exchange; takes bytes and credit over, so this frame is not released. */
    public ResultFrame under(long otherExchange) {
        ResultFrame passed = new ResultFrame(otherExchange, kind, mediaType, data());
        moveCreditTo(passed);
        return passed;
    }

    public long exchange() {
        return exchange;
    }

    public Kind kind() {
        return kind;
    }

    public String mediaType() {
        return mediaType;
    }
}
