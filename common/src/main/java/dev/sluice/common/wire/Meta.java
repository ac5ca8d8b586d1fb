package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What travels in front of a query's input and is of interest only to some: a sequence of entries, each a key (u8), a
 * length (u16) and UTF-8 text. Tiers that do not need it pass it on as bytes; unknown keys are skipped.
 *
 * @param mediaType of the input
 * @param id the query's id
 * @param tenant empty where unknown
 * @param headers what is passed on for tracing, and {@link #TELLS_TAKEN}, by lower-case name, in order
 */
public record Meta(String mediaType, String id, String tenant, Map<String, String> headers) {

    private static final int MEDIA_TYPE = 1;
    private static final int ID = 2;
    private static final int TENANT = 3;
    private static final int HEADER = 4;
    private static final int ENTRY_HEAD = 3;

    /** The header of a query whose sender says with {@link Frame.Taken} what it has taken of a stream. */
    public static final String TELLS_TAKEN = "sluice-tells-taken";

    /** The most bytes that an encoded meta may have. */
    public static final int MAX_BYTES = 0xFFFF;

    public Meta {
        headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public Meta(String mediaType, String id, String tenant) {
        this(mediaType, id, tenant, Map.of());
    }

    /** An upper bound of what {@link #encode} writes. */
    public int maxBytes() {
        int bytes = 3 * ENTRY_HEAD + 3 * (mediaType.length() + id.length() + tenant.length());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            bytes += ENTRY_HEAD
                    + 1
                    + 3 * (header.getKey().length() + header.getValue().length());
        }
        return bytes;
    }

    /**
     * Writes the entries at the buffer's writer index; absent ones not at all.
     *
     * @throws IllegalArgumentException where they are more than {@link #MAX_BYTES}; nothing is written then
     */
    public void encode(ByteBuf out) {
        int start = out.writerIndex();
        entries(out);
        int written = out.writerIndex() - start;
        if (written > MAX_BYTES) {
            out.writerIndex(start);
            throw new IllegalArgumentException(
                    "The headers of a query have " + written + " bytes and may have 65,535; shorten them.");
        }
    }

    private void entries(ByteBuf out) {
        entry(out, MEDIA_TYPE, mediaType);
        entry(out, ID, id);
        entry(out, TENANT, tenant);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            entry(out, HEADER, header.getKey() + ':' + header.getValue());
        }
    }

    private static void entry(ByteBuf out, int key, String text) {
        if (text.isEmpty()) {
            return;
        }
        out.writeByte(key);
        int lengthAt = out.writerIndex();
        out.writeShort(0);
        out.setShort(lengthAt, ByteBufUtil.writeUtf8(out, text));
    }

    /**
     * Reads the first {@code length} readable bytes, without moving the reader index.
     *
     * @throws FrameException where they are no entries
     */
    public static Meta decode(ByteBuf in, int length) {
        String mediaType = "";
        String id = "";
        String tenant = "";
        Map<String, String> headers = null;
        int at = in.readerIndex();
        int end = at + length;
        while (at < end) {
            if (end - at < ENTRY_HEAD) {
                throw new FrameException("truncated entry in the meta of a query");
            }
            int key = in.getUnsignedByte(at);
            int size = in.getUnsignedShort(at + 1);
            at += ENTRY_HEAD;
            if (end - at < size) {
                throw new FrameException("truncated text in the meta of a query");
            }
            if (key == MEDIA_TYPE) {
                mediaType = text(in, at, size);
            } else if (key == ID) {
                id = text(in, at, size);
            } else if (key == TENANT) {
                tenant = text(in, at, size);
            } else if (key == HEADER) {
                headers = header(headers, text(in, at, size));
            }
            at += size;
        }
        return new Meta(mediaType, id, tenant, headers == null ? Map.of() : headers);
    }

    /**
     * Reads the tenant alone out of the first {@code length} readable bytes, without moving the reader index: a router
     * needs nothing else, and most queries name none.
     *
     * @return empty where there is none, or where the bytes are no entries
     */
    public static String tenant(ByteBuf in, int length) {
        int at = in.readerIndex();
        int end = at + length;
        while (end - at >= ENTRY_HEAD) {
            int key = in.getUnsignedByte(at);
            int size = in.getUnsignedShort(at + 1);
            at += ENTRY_HEAD;
            if (end - at < size) {
                break;
            }
            if (key == TENANT) {
                return text(in, at, size);
            }
            at += size;
        }
        return "";
    }

    /**
     * Where in the buffer the value of a header lies, in the first {@code length} readable bytes: to be read, or written anew in place,
     * without decoding the others.
     *
     * @param name of the header, in ASCII
     * @param valueLength bytes that the value has; one of another length is not found
     * @return its index, or -1
     */
    public static int valueAt(ByteBuf in, int length, String name, int valueLength) {
        int at = in.readerIndex();
        int end = at + length;
        while (end - at >= ENTRY_HEAD) {
            int key = in.getUnsignedByte(at);
            int size = in.getUnsignedShort(at + 1);
            at += ENTRY_HEAD;
            if (end - at < size) {
                break;
            }
            if (key == HEADER && size == name.length() + 1 + valueLength && begins(in, at, name)) {
                return at + name.length() + 1;
            }
            at += size;
        }
        return -1;
    }

    private static boolean begins(ByteBuf in, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (in.getByte(at + i) != name.charAt(i)) {
                return false;
            }
        }
        return in.getByte(at + name.length()) == ':';
    }

    private static Map<String, String> header(@Nullable Map<String, String> headers, String line) {
        Map<String, String> result = headers == null ? new LinkedHashMap<>() : headers;
        int colon = line.indexOf(':');
        if (colon > 0) {
            result.put(line.substring(0, colon), line.substring(colon + 1));
        }
        return result;
    }

    private static String text(ByteBuf in, int at, int size) {
        return in.toString(at, size, StandardCharsets.UTF_8);
    }
}
