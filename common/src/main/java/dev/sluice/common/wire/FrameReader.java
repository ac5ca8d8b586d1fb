package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the body of one frame. Every read is checked against the frame's end, since other frames lie behind it. */
final class FrameReader {

    private static final int SMALLEST_ITEM = 8 + 8 + 2 + 4 + 8;
    private static final Role[] ROLES = Role.values();
    private static final ResultFrame.Kind[] KINDS = ResultFrame.Kind.values();

    private final NameTable names = new NameTable();

    /**
     * @return null for an optional frame of an unknown type
     * @throws FrameException where the body is not what its type says
     */
    @Nullable Frame read(ByteBuf in, int end) {
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        Frame frame = switch (type) {
            case FrameType.QUERY -> query(in, end);
            case FrameType.RESULT -> result(in, end);
            case FrameType.BATCH -> batch(in, end);
            case FrameType.CHUNK -> chunk(in, end);
            case FrameType.STARTED -> new Frame.Started(longAt(in, end));
            case FrameType.DONE -> new Frame.Done(longAt(in, end), longAt(in, end));
            case FrameType.CREDIT -> credit(in, end);
            case FrameType.CHUNK_ACK -> new Frame.ChunkAck(positive(intAt(in, end)));
            case FrameType.CANCEL -> new Frame.Cancel(longAt(in, end));
            case FrameType.TAKEN -> new Frame.Taken(longAt(in, end), positive(intAt(in, end)));
            case FrameType.SPENT -> new Frame.Spent(longAt(in, end), longAt(in, end), longAt(in, end));
            case FrameType.REPORT -> new Frame.Report(longAt(in, end), rest(in, end));
            case FrameType.BUSY -> new Frame.Busy(longAt(in, end));
            case FrameType.PING -> new Frame.Ping(longAt(in, end));
            case FrameType.PONG -> new Frame.Pong(longAt(in, end));
            case FrameType.FAILURE -> failure(in, end);
            case FrameType.ANNOUNCE -> new Frame.Announce(rest(in, end));
            case FrameType.CATALOGUE -> new Frame.Catalogue(rest(in, end));
            case FrameType.LOAD -> load(in, end);
            case FrameType.PLACE -> new Frame.Place(rest(in, end));
            case FrameType.LENT -> new Frame.Lent(longAt(in, end));
            case FrameType.DRAIN -> new Frame.Drain();
            case FrameType.HELLO -> hello(in, end);
            case FrameType.PROOF -> proof(in, end);
            default -> unknown(type, flags);
        };
        if (in.readerIndex() != end && frame != null) {
            releaseCargo(frame);
            throw new FrameException("a frame of type " + type + " with bytes behind its end");
        }
        return frame;
    }

    private static @Nullable Frame unknown(int type, int flags) {
        if ((flags & FrameType.REQUIRED) != 0) {
            throw new FrameException("a required frame of the unknown type " + type);
        }
        return null;
    }

    private static void releaseCargo(Frame frame) {
        if (frame instanceof Cargo cargo) {
            cargo.release();
        } else if (frame instanceof BatchFrame batch) {
            batch.release();
        } else if (frame instanceof Frame.Chunk chunk) {
            chunk.bytes().release();
        }
    }

    private Frame query(ByteBuf in, int end) {
        long exchange = longAt(in, end);
        long budget = longAt(in, end);
        int priority = byteAt(in, end);
        String actor = name(in, end);
        String method = name(in, end);
        String version = name(in, end);
        int meta = shortAt(in, end);
        int size = size(in, end, meta);
        long ref = longAt(in, end);
        return new QueryFrame(
                exchange, budget, priority, actor, method, version, meta, size, ref, bytes(in, end, size, ref));
    }

    private Frame result(ByteBuf in, int end) {
        long exchange = longAt(in, end);
        int kind = byteAt(in, end);
        if (kind >= KINDS.length) {
            throw new FrameException("a result of the unknown kind " + kind);
        }
        String mediaType = name(in, end);
        int meta = shortAt(in, end);
        int size = size(in, end, meta);
        long ref = longAt(in, end);
        if (meta != 0) {
            throw new FrameException("a result with a meta");
        }
        return new ResultFrame(exchange, KINDS[kind], mediaType, size, ref, bytes(in, end, size, ref));
    }

    private Frame batch(ByteBuf in, int end) {
        long batch = longAt(in, end);
        boolean staged = byteAt(in, end) != 0;
        String replica = name(in, end);
        String method = name(in, end);
        int count = shortAt(in, end);
        if (count * SMALLEST_ITEM > end - in.readerIndex()) {
            throw new FrameException("a batch that is too short for " + count + " queries");
        }
        List<BatchItem> items = new ArrayList<>(count);
        BatchFrame frame = new BatchFrame(batch, staged, replica, method, items);
        try {
            for (int i = 0; i < count; i++) {
                long exchange = longAt(in, end);
                long budget = longAt(in, end);
                int meta = shortAt(in, end);
                int size = size(in, end, meta);
                long ref = longAt(in, end);
                items.add(new BatchItem(exchange, budget, meta, size, ref, bytes(in, end, size, ref)));
            }
        } catch (FrameException e) {
            frame.release();
            throw e;
        }
        return frame;
    }

    private static Frame chunk(ByteBuf in, int end) {
        long payload = longAt(in, end);
        boolean aborted = byteAt(in, end) != 0;
        return new Frame.Chunk(payload, aborted, in.readRetainedSlice(end - in.readerIndex()));
    }

    private static Frame credit(ByteBuf in, int end) {
        long query = longAt(in, end);
        long result = longAt(in, end);
        if (query < 0 || result < 0) {
            throw new FrameException("a negative credit");
        }
        return new Frame.Credit(query, result);
    }

    private static Frame failure(ByteBuf in, int end) {
        long exchange = longAt(in, end);
        int code = byteAt(in, end);
        long retryAfter = longAt(in, end);
        int length = shortAt(in, end);
        need(in, end, length);
        return new Frame.Failed(
                exchange,
                code,
                retryAfter,
                in.readCharSequence(length, StandardCharsets.UTF_8).toString());
    }

    private Frame load(ByteBuf in, int end) {
        int count = shortAt(in, end);
        if (count > end - in.readerIndex()) {
            throw new FrameException("a load report that is too short for " + count + " replicas");
        }
        List<String> replicas = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            replicas.add(name(in, end));
        }
        return new Frame.Load(replicas);
    }

    private Frame hello(ByteBuf in, int end) {
        int version = shortAt(in, end);
        int role = byteAt(in, end);
        if (role >= ROLES.length) {
            throw new FrameException("a hello from the unknown role " + role);
        }
        String nodeId = name(in, end);
        long incarnation = longAt(in, end);
        byte[] nonce = array(in, end, Frame.Hello.NONCE_BYTES);
        return new Frame.Hello(
                version,
                ROLES[role],
                nodeId,
                incarnation,
                nonce,
                longAt(in, end),
                longAt(in, end),
                longAt(in, end),
                intAt(in, end),
                longAt(in, end));
    }

    private static Frame proof(ByteBuf in, int end) {
        return new Frame.Proof(array(in, end, Frame.Proof.MAC_BYTES));
    }

    private static int size(ByteBuf in, int end, int meta) {
        int size = intAt(in, end);
        if (size < meta) {
            throw new FrameException("a cargo of " + size + " bytes with a meta of " + meta);
        }
        return size;
    }

    private static @Nullable ByteBuf bytes(ByteBuf in, int end, int size, long ref) {
        if (ref != 0) {
            return null;
        }
        need(in, end, size);
        return in.readRetainedSlice(size);
    }

    private static byte[] rest(ByteBuf in, int end) {
        return array(in, end, end - in.readerIndex());
    }

    private static byte[] array(ByteBuf in, int end, int length) {
        need(in, end, length);
        byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), length);
        in.skipBytes(length);
        return bytes;
    }

    private String name(ByteBuf in, int end) {
        int length = byteAt(in, end);
        need(in, end, length);
        return names.read(in, length);
    }

    private static int positive(int bytes) {
        if (bytes < 0) {
            throw new FrameException("a negative number");
        }
        return bytes;
    }

    private static int byteAt(ByteBuf in, int end) {
        need(in, end, 1);
        return in.readUnsignedByte();
    }

    private static int shortAt(ByteBuf in, int end) {
        need(in, end, 2);
        return in.readUnsignedShort();
    }

    private static int intAt(ByteBuf in, int end) {
        need(in, end, 4);
        return in.readInt();
    }

    private static long longAt(ByteBuf in, int end) {
        need(in, end, 8);
        return in.readLong();
    }

    private static void need(ByteBuf in, int end, int bytes) {
        if (bytes < 0 || end - in.readerIndex() < bytes) {
            throw new FrameException("a truncated frame");
        }
    }
}
