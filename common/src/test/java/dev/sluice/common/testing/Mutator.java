package dev.sluice.common.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes valid messages; the same seed makes the same changes. Not thread-safe. */
public final class Mutator {

    /** At these, numbers overflow, are taken for none, or for a size. */
    private static final long[] EDGES = {0, 1, -1, 127, 255, 256, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 62
    };

    private static final List<String> JSON_EDGES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "9223372036854775808",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\ud83d\ude00\"",
            "[]",
            "{}",
            "[[[]]]",
            "{\"input\": 1}",
            "[".repeat(600),
            "\"" + "x".repeat(300) + "\"",
            "8".repeat(1_200));

    private static final Pattern JSON_TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[-\\w.+]+|[\\[\\]{},:]");

    private final Random random;

    public Mutator(long seed) {
        random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** True once in so many times. */
    public boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** One to three changes, wherever. */
    public byte[] bytes(byte[] valid) {
        byte[] changed = valid.clone();
        for (int change = 1 + random.nextInt(3); change > 0; change--) {
            changed = oneByteChange(changed);
        }
        return changed;
    }

    private byte[] oneByteChange(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(8)) {
            case 0 -> at < bytes.length ? with(bytes, at, (byte) random.nextInt()) : bytes;
            case 1 -> at < bytes.length ? with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8))) : bytes;
            case 2 -> joined(part(bytes, 0, at));
            case 3 -> joined(part(bytes, 0, at), part(bytes, end, bytes.length));
            case 4 -> joined(part(bytes, 0, end), part(bytes, at, bytes.length));
            case 5 -> joined(part(bytes, 0, at), some(random.nextInt(20)), part(bytes, at, bytes.length));
            case 6 -> overwritten(bytes, at, edge(bytes.length - at));
            default -> joined(bytes, random.nextBoolean() ? bytes : some(3));
        };
    }

    /** A number in the place of what stands there, of one to eight bytes, in either order; not more than there is room for. */
    private byte[] edge(int room) {
        byte[] number = ByteBuffer.allocate(Long.BYTES)
                .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .putLong(EDGES[random.nextInt(EDGES.length)])
                .array();
        return part(number, 0, Math.min(room, 1 << random.nextInt(4)));
    }

    private static byte[] overwritten(byte[] bytes, int at, byte[] by) {
        return joined(part(bytes, 0, at), by, part(bytes, at + by.length, bytes.length));
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    public byte[] some(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A token of JSON is left out, doubled, swapped for another or for a value at some edge, up to three times. */
    public String json(String valid) {
        List<String> tokens = new ArrayList<>();
        for (Matcher token = JSON_TOKEN.matcher(valid); token.find(); ) {
            tokens.add(token.group());
        }
        for (int change = 1 + random.nextInt(3); change > 0 && !tokens.isEmpty(); change--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(5)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
                case 2 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
                default -> tokens.set(at, oneOf(JSON_EDGES));
            }
        }
        return String.join("", tokens);
    }

    /** Either of both ways. */
    public byte[] jsonBytes(String valid) {
        return random.nextBoolean() ? utf8(json(valid)) : bytes(utf8(valid));
    }

    /** Parts left out, doubled, put in another order or replaced. */
    public List<byte[]> parts(List<byte[]> valid) {
        List<byte[]> parts = new ArrayList<>(valid);
        int at = random.nextInt(parts.size());
        switch (random.nextInt(6)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(at, parts.get(random.nextInt(parts.size())));
            case 2 -> Collections.swap(parts, at, random.nextInt(parts.size()));
            case 3 -> parts.add(at, some(random.nextInt(40)));
            case 4 -> parts.set(at, new byte[0]);
            default -> parts.set(at, bytes(parts.get(at)));
        }
        return parts;
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    public static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
