package dev.sluice.common.link;

import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameEncoder;
import dev.sluice.common.wire.GoldenFrames;
import dev.sluice.common.wire.Meta;
import dev.sluice.common.wire.QueryFrame;
import dev.sluice.common.wire.ResultFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Streams of frames as a faulty network or a faulty peer would send them; the same for the same seed. */
final class DamagedStreams {

    private static final int MOST_FRAMES = 6;
    private static final int[] LIES = {0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 4 << 20, Integer.MAX_VALUE, -1};

    private final Random random;
    private final List<byte[]> pieces = pieces();

    DamagedStreams(long seed) {
        this.random = new Random(seed);
    }

    private static List<byte[]> pieces() {
        List<byte[]> pieces = new ArrayList<>();
        GoldenFrames.all().values().forEach(frame -> pieces.add(encoded(frame)));
        pieces.add(inChunks(1, 3));
        pieces.add(inChunks(2, 1));
        pieces.add(resultInChunks(3));
        return pieces;
    }

    /** A query whose bytes come first, in chunks. */
    private static byte[] inChunks(long ref, int chunks) {
        Meta meta = new Meta("text/plain", "large", "");
        ByteBuf data = Unpooled.buffer();
        meta.encode(data);
        int metaLength = data.readableBytes();
        data.writeZero(chunks * 1100 - metaLength);
        QueryFrame query = new QueryFrame(ref, 1_000_000_000L, 0, "echo", "call", "", metaLength, data);
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < chunks; i++) {
            FrameEncoder.encode(new Frame.Chunk(ref, false, data.slice(i * 1100, 1100)), out);
        }
        query.ref(ref);
        FrameEncoder.encode(query, out);
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] resultInChunks(long ref) {
        ByteBuf data = Unpooled.buffer().writeZero(5);
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(new Frame.Chunk(ref, false, data.slice()), out);
        ResultFrame result = new ResultFrame(9, ResultFrame.Kind.ITEM, "text/plain", data);
        result.ref(ref);
        FrameEncoder.encode(result, out);
        return ByteBufUtil.getBytes(out);
    }

    static byte[] encoded(Frame frame) {
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(frame, out);
        return ByteBufUtil.getBytes(out);
    }

    /** The next stream, in the buffers in which it was received. */
    List<byte[]> next() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int frames = 1 + random.nextInt(MOST_FRAMES);
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            starts.add(whole.size());
            whole.writeBytes(pieces.get(random.nextInt(pieces.size())));
        }
        byte[] bytes = whole.toByteArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = damaged(bytes, starts.get(random.nextInt(frames)));
        }
        return split(bytes);
    }

    private byte[] damaged(byte[] bytes, int frameStart) {
        if (bytes.length < 8) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
        byte[] changed = bytes.clone();
        switch (random.nextInt(8)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed = Arrays.copyOf(bytes, at);
            case 2 -> changed = joined(bytes, 0, at + length, at, bytes.length);
            case 3 -> changed = joined(bytes, 0, at, at + length, bytes.length);
            case 4 -> swap(changed, at, random.nextInt(bytes.length), length);
            case 5 -> lie(changed, Math.min(frameStart, bytes.length - 4), 4);
            case 6 -> lie(changed, Math.min(at, bytes.length - 4), 1 << random.nextInt(3));
            default -> {
                for (int i = at; i < at + length; i++) {
                    changed[i] = (byte) random.nextInt();
                }
            }
        }
        return changed;
    }

    private static byte[] joined(byte[] bytes, int from, int to, int from2, int to2) {
        byte[] joined = new byte[to - from + to2 - from2];
        System.arraycopy(bytes, from, joined, 0, to - from);
        System.arraycopy(bytes, from2, joined, to - from, to2 - from2);
        return joined;
    }

    private static void swap(byte[] bytes, int one, int other, int length) {
        for (int i = 0; i < length && one + i < bytes.length && other + i < bytes.length; i++) {
            byte kept = bytes[one + i];
            bytes[one + i] = bytes[other + i];
            bytes[other + i] = kept;
        }
    }

    private void lie(byte[] bytes, int at, int width) {
        int value = random.nextBoolean() ? LIES[random.nextInt(LIES.length)] : random.nextInt(1 << 12);
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (width - 1 - i));
        }
    }

    private List<byte[]> split(byte[] bytes) {
        List<byte[]> buffers = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int left = bytes.length - at;
            int length = random.nextInt(3) == 0 ? left : 1 + random.nextInt(Math.min(left, 80));
            buffers.add(joined(bytes, at, at + length, 0, 0));
            at += length;
        }
        return buffers;
    }
}
