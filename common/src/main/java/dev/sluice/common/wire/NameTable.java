package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of names that come again and again (actors, methods, media types) into one and the same string, so
 * that a frame costs none. Bounded: what does not fit becomes a string of its own. Not thread-safe: one per decoder.
 */
final class NameTable {

    private static final int SLOTS = 1024;
    private static final int PROBES = 8;
    private static final int LONGEST = 128;

    private final byte[] @Nullable [] keys = new byte[SLOTS][];
    private final @Nullable String[] names = new String[SLOTS];

    /** Reads a name of this many bytes and moves the reader index past it. */
    String read(ByteBuf in, int length) {
        if (length == 0) {
            return "";
        }
        int at = in.readerIndex();
        in.skipBytes(length);
        if (length > LONGEST) {
            return in.toString(at, length, StandardCharsets.UTF_8);
        }
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + in.getByte(at + i);
        }
        hash ^= hash >>> 16;
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (hash + probe) & (SLOTS - 1);
            byte[] key = keys[slot];
            String name = names[slot];
            if (key == null || name == null) {
                return remember(slot, in, at, length);
            }
            if (same(key, in, at, length)) {
                return name;
            }
        }
        return in.toString(at, length, StandardCharsets.UTF_8);
    }

    private String remember(int slot, ByteBuf in, int at, int length) {
        byte[] key = ByteBufUtil.getBytes(in, at, length);
        String name = new String(key, StandardCharsets.UTF_8);
        keys[slot] = key;
        names[slot] = name;
        return name;
    }

    private static boolean same(byte[] key, ByteBuf in, int at, int length) {
        if (key.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (key[i] != in.getByte(at + i)) {
                return false;
            }
        }
        return true;
    }
}
