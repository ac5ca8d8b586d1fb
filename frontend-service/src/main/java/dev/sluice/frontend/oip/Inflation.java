package dev.sluice.frontend.oip;

import dev.sluice.common.concurrent.RetainedBytes;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.compression.GzipMembers;
import dev.sluice.frontend.http.ReceivedBody;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.CompositeByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.InflaterInputStream;

/** Unpacks a compressed body. What comes out is bounded and counted as it comes, since a few bytes can become very many. */
final class Inflation {

    private static final int PIECE_BYTES = 64 * 1024;

    private Inflation() {}

    /** Whether this knows a Content-Encoding. */
    static boolean knows(String encoding) {
        return isGzip(encoding) || encoding.equalsIgnoreCase("deflate");
    }

    private static boolean isGzip(String encoding) {
        String lower = encoding.toLowerCase(Locale.ROOT);
        return lower.equals("gzip") || lower.equals("x-gzip");
    }

    /**
     * @param packed taken over, and released in any case
     * @param most bytes that may come out
     * @throws QueryException {@code INVALID_INPUT}, {@code TOO_LARGE} or {@code OVERLOADED}
     */
    static ReceivedBody inflate(ReceivedBody packed, String encoding, long most) {
        RetainedBytes retained = packed.retained();
        CompositeByteBuf whole = packed.bytes().alloc().compositeBuffer(Integer.MAX_VALUE);
        long charge = 0;
        boolean complete = false;
        try (InputStream bytes = stream(packed.bytes(), encoding)) {
            int read = 0;
            while (read >= 0) {
                if (whole.readableBytes() > most) {
                    throw new QueryException(
                            ErrorCode.TOO_LARGE,
                            "The input is larger than the " + most + " bytes that are allowed, once it is unpacked.");
                }
                if (!retained.take(PIECE_BYTES)) {
                    throw Gateway.FULL.toException();
                }
                charge += PIECE_BYTES;
                ByteBuf piece = whole.alloc().buffer(PIECE_BYTES, PIECE_BYTES);
                try {
                    read = fill(piece, bytes);
                } finally {
                    whole.addComponent(true, piece);
                }
            }
            complete = true;
            return new ReceivedBody(whole, charge, retained);
        } catch (IOException e) {
            throw QueryOptions.invalid(
                    "The body is not as its Content-Encoding " + encoding + " says: " + e.getMessage() + ".");
        } finally {
            packed.release();
            if (!complete) {
                whole.release();
                retained.give(charge);
            }
        }
    }

    private static InputStream stream(ByteBuf packed, String encoding) throws IOException {
        InputStream bytes = new ByteBufInputStream(packed);
        return isGzip(encoding) ? new GzipMembers(bytes, PIECE_BYTES) : new InflaterInputStream(bytes);
    }

    /** Negative at the end. */
    private static int fill(ByteBuf piece, InputStream bytes) throws IOException {
        int read = 0;
        while (piece.isWritable() && read >= 0) {
            read = piece.writeBytes(bytes, piece.writableBytes());
        }
        return read;
    }
}
