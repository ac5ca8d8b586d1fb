package dev.sluice.benchmarks.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes valid input at random; the same seed makes the same changes. Not thread-safe. */
final class Changes {

    private static final int MOST_BYTES = 8;
    private static final int[] LIES = {0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[-\\w.+]+|[\\[\\]{},:]");
    private static final List<String> EDGES = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "1e400",
            "9223372036854775808",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "[".repeat(600),
            "{\"a\":".repeat(300),
            "\"" + "x".repeat(2_000) + "\"",
            "8".repeat(1_200));

    private final SplittableRandom random;

    Changes(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in so many times. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One to three changes of some bytes, wherever. */
    byte[] bytes(byte[] valid) {
        byte[] changed = valid;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int at = random.nextInt(changed.length + 1);
            int end = Math.min(changed.length, at + 1 + random.nextInt(MOST_BYTES));
            changed = switch (random.nextInt(6)) {
                // Left out, to the end or in the middle.
                case 0 -> Arrays.copyOf(changed, at);
                case 1 -> joined(part(changed, 0, at), part(changed, end, changed.length));
                // Doubled.
                case 2 -> joined(part(changed, 0, end), part(changed, at, changed.length));
                // Put between, or in the place of what was there.
                case 3 -> joined(part(changed, 0, at), some(1 + random.nextInt(20)), part(changed, at, changed.length));
                case 4 -> joined(part(changed, 0, at), some(end - at), part(changed, end, changed.length));
                // A number that is taken for a length, a count or a sign.
                default -> joined(part(changed, 0, at), lie(end - at), part(changed, end, changed.length));
            };
        }
        return changed;
    }

    private byte[] some(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private byte[] lie(int width) {
        int value = LIES[random.nextInt(LIES.length)];
        byte[] bytes = new byte[width];
        for (int i = 0; i < width; i++) {
            bytes[i] = (byte) (value >>> 8 * Math.max(0, Math.min(3, width - 1 - i)));
        }
        return bytes;
    }

    /** JSON of which tokens are left out, doubled, swapped for others or for a value at some edge; or any bytes of it. */
    byte[] json(String valid) {
        if (once(3)) {
            return bytes(utf8(valid));
        }
        List<String> tokens = new ArrayList<>();
        for (Matcher token = TOKEN.matcher(valid); token.find(); ) {
            tokens.add(token.group());
        }
        for (int left = 1 + random.nextInt(3); left > 0 && !tokens.isEmpty(); left--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(5)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
                case 2 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
                default -> tokens.set(at, oneOf(EDGES));
            }
        }
        return utf8(String.join("", tokens));
    }

    /** A line of a request's head: changed, and still one line. */
    String line(String valid) {
        StringBuilder line = new StringBuilder();
        for (byte b : bytes(utf8(valid))) {
            if (b > ' ' && b < 127) {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** A header's name or a method: changed, and still one. */
    String token(String valid) {
        String token = line(valid).replaceAll("[^-!#$%&'*+.^_`|~0-9A-Za-z]", "");
        return token.isEmpty() ? "x" : token;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Each character a byte. */
    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
