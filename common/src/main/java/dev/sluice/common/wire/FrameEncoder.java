package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/** Writes frames. Does not release what it writes. */
public final class FrameEncoder {

    /** The most bytes that a frame may have behind its length. */
    public static final int MAX_FRAME_BYTES = 4 * 1024 * 1024;

    private static final int LENGTH_BYTES = 4;

    private FrameEncoder() {}

    /**
     * Appends one frame. Cargo with a {@link Cargo#ref()} is written without its bytes.
     *
     * @throws IllegalArgumentException where the frame would be longer than {@link #MAX_FRAME_BYTES}, or something in it
     *     than its length can say; nothing is appended then
     */
    public static void encode(Frame frame, ByteBuf out) {
        int start = out.writerIndex();
        try {
            append(frame, out, start);
        } catch (RuntimeException e) {
            out.writerIndex(start);
            throw e;
        }
    }

    private static void append(Frame frame, ByteBuf out, int start) {
        out.writeInt(0);
        if (frame instanceof QueryFrame query) {
            head(out, FrameType.QUERY);
            query(query, out);
        } else if (frame instanceof ResultFrame result) {
            head(out, FrameType.RESULT);
            result(result, out);
        } else if (frame instanceof BatchFrame batch) {
            head(out, FrameType.BATCH);
            batch(batch, out);
        } else {
            control(frame, out);
        }
        finish(out, start);
    }

    /** Appends a chunk's head; its bytes, this many, must follow on the wire. */
    public static void encodeChunkHead(long payload, int bytes, ByteBuf out) {
        out.writeInt(2 + 8 + 1 + bytes);
        head(out, FrameType.CHUNK);
        out.writeLong(payload);
        out.writeByte(0);
    }

    private static void finish(ByteBuf out, int start) {
        int length = out.writerIndex() - start - LENGTH_BYTES;
        if (length > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "A frame may have " + MAX_FRAME_BYTES + " bytes at most, not " + length + ".");
        }
        out.setInt(start, length);
    }

    private static void head(ByteBuf out, int type) {
        out.writeByte(type);
        out.writeByte(FrameType.REQUIRED);
    }

    private static void optionalHead(ByteBuf out, int type) {
        out.writeByte(type);
        out.writeByte(0);
    }

    private static void query(QueryFrame query, ByteBuf out) {
        out.writeLong(query.exchange());
        out.writeLong(query.budgetNanos());
        out.writeByte(query.priority());
        name(out, query.actor());
        name(out, query.method());
        name(out, query.version());
        cargo(out, query);
    }

    private static void result(ResultFrame result, ByteBuf out) {
        out.writeLong(result.exchange());
        out.writeByte(result.kind().ordinal());
        name(out, result.mediaType());
        cargo(out, result);
    }

    private static void batch(BatchFrame batch, ByteBuf out) {
        out.writeLong(batch.batch());
        out.writeByte(batch.staged() ? 1 : 0);
        name(out, batch.replica());
        name(out, batch.method());
        int countAt = out.writerIndex();
        out.writeShort(0);
        int count = 0;
        List<BatchItem> items = batch.items();
        if (items.size() > 0xFFFF) {
            throw new IllegalArgumentException("A batch may have 65,535 queries at most, not " + items.size() + ".");
        }
        for (int i = 0; i < items.size(); i++) {
            BatchItem item = items.get(i);
            if (!item.skipped()) {
                out.writeLong(item.exchange());
                out.writeLong(item.budgetNanos());
                cargo(out, item);
                count++;
            }
        }
        out.setShort(countAt, count);
    }

    private static void cargo(ByteBuf out, Cargo cargo) {
        if (cargo.metaLength() > Meta.MAX_BYTES) {
            throw new IllegalArgumentException("The meta of a query may have 65,535 bytes at most.");
        }
        out.writeShort(cargo.metaLength());
        out.writeInt(cargo.size());
        out.writeLong(cargo.ref());
        if (cargo.ref() == 0) {
            ByteBuf data = cargo.data();
            out.writeBytes(data, data.readerIndex(), cargo.size());
        }
    }

    private static void control(Frame frame, ByteBuf out) {
        if (frame instanceof Frame.Done done) {
            head(out, FrameType.DONE);
            out.writeLong(done.batch()).writeLong(done.runNanos());
        } else if (frame instanceof Frame.Spent spent) {
            optionalHead(out, FrameType.SPENT);
            out.writeLong(spent.exchange()).writeLong(spent.waitedNanos()).writeLong(spent.ranNanos());
        } else if (frame instanceof Frame.Report report) {
            optionalHead(out, FrameType.REPORT);
            out.writeLong(report.exchange()).writeBytes(report.report());
        } else if (frame instanceof Frame.Started started) {
            head(out, FrameType.STARTED);
            out.writeLong(started.batch());
        } else if (frame instanceof Frame.Credit credit) {
            head(out, FrameType.CREDIT);
            out.writeLong(credit.queryBytes()).writeLong(credit.resultBytes());
        } else if (frame instanceof Frame.Failed failed) {
            head(out, FrameType.FAILURE);
            out.writeLong(failed.exchange()).writeByte(failed.code()).writeLong(failed.retryAfterMillis());
            text(out, failed.message());
        } else if (frame instanceof Frame.Cancel cancel) {
            head(out, FrameType.CANCEL);
            out.writeLong(cancel.exchange());
        } else if (frame instanceof Frame.Taken taken) {
            optionalHead(out, FrameType.TAKEN);
            out.writeLong(taken.exchange()).writeInt(taken.items());
        } else if (frame instanceof Frame.Busy busy) {
            head(out, FrameType.BUSY);
            out.writeLong(busy.batch());
        } else if (frame instanceof Frame.ChunkAck ack) {
            head(out, FrameType.CHUNK_ACK);
            out.writeInt(ack.bytes());
        } else if (frame instanceof Frame.Ping ping) {
            head(out, FrameType.PING);
            out.writeLong(ping.number());
        } else if (frame instanceof Frame.Pong pong) {
            head(out, FrameType.PONG);
            out.writeLong(pong.number());
        } else if (frame instanceof Frame.Chunk chunk) {
            head(out, FrameType.CHUNK);
            out.writeLong(chunk.payload()).writeByte(chunk.aborted() ? 1 : 0);
            out.writeBytes(
                    chunk.bytes(), chunk.bytes().readerIndex(), chunk.bytes().readableBytes());
        } else {
            rare(frame, out);
        }
    }

    private static void rare(Frame frame, ByteBuf out) {
        if (frame instanceof Frame.Hello hello) {
            head(out, FrameType.HELLO);
            out.writeShort(hello.version()).writeByte(hello.role().ordinal());
            name(out, hello.nodeId());
            out.writeLong(hello.incarnation()).writeBytes(hello.nonce());
            out.writeLong(hello.maxPayloadBytes())
                    .writeLong(hello.queryCreditBytes())
                    .writeLong(hello.resultCreditBytes())
                    .writeInt(hello.leaseMillis())
                    .writeLong(hello.features());
        } else if (frame instanceof Frame.Proof proof) {
            head(out, FrameType.PROOF);
            out.writeBytes(proof.mac());
        } else if (frame instanceof Frame.Announce announce) {
            head(out, FrameType.ANNOUNCE);
            out.writeBytes(announce.json());
        } else if (frame instanceof Frame.Catalogue catalogue) {
            head(out, FrameType.CATALOGUE);
            out.writeBytes(catalogue.json());
        } else if (frame instanceof Frame.Place place) {
            optionalHead(out, FrameType.PLACE);
            out.writeBytes(place.json());
        } else if (frame instanceof Frame.Lent lent) {
            optionalHead(out, FrameType.LENT);
            out.writeLong(lent.batch());
        } else if (frame instanceof Frame.Load load) {
            optionalHead(out, FrameType.LOAD);
            if (load.freeReplicas().size() > 0xFFFF) {
                throw new IllegalArgumentException("A load report may name 65,535 replicas at most.");
            }
            out.writeShort(load.freeReplicas().size());
            load.freeReplicas().forEach(replica -> name(out, replica));
        } else if (frame instanceof Frame.Drain) {
            head(out, FrameType.DRAIN);
        } else {
            throw new IllegalArgumentException("no encoding for " + frame.getClass());
        }
    }

    /** A string of at most 255 bytes. */
    private static void name(ByteBuf out, String name) {
        int at = out.writerIndex();
        out.writeByte(0);
        int written = ByteBufUtil.writeUtf8(out, name);
        if (written > 255) {
            throw new IllegalArgumentException("A name on a link may have 255 bytes at most, not " + written + ".");
        }
        out.setByte(at, written);
    }

    /** A string of at most 65,535 bytes; longer ones are cut. */
    private static void text(ByteBuf out, String text) {
        String cut = text.length() > 20_000 ? text.substring(0, 20_000) : text;
        int at = out.writerIndex();
        out.writeShort(0);
        out.setShort(at, ByteBufUtil.writeUtf8(out, cut));
    }
}
