package dev.sluice.frontend.http.envelope;

import java.util.Arrays;
import java.util.Random;

/** Seeded JSON texts and damage to them. */
public final class JsonTexts {

    private static final String[] SCALARS = {
        "0",
        "-0",
        "1.5",
        "-12e-7",
        "9007199254740993",
        "true",
        "false",
        "null",
        "\"\"",
        "\"a\"",
        "\"\\\"\"",
        "\"\\\\\"",
        "\"\\u00e9\"",
        "\"é漢😀\"",
        "\"}],:{[\"",
        "\"\\n\\t\""
    };

    private JsonTexts() {}

    public static String value(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind < 2) {
            return SCALARS[random.nextInt(SCALARS.length)];
        }
        StringBuilder text = new StringBuilder(kind == 2 ? "[" : "{");
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",").append(space(random));
            if (kind == 3) {
                text.append("\"k")
                        .append(i)
                        .append('"')
                        .append(space(random))
                        .append(':')
                        .append(space(random));
            }
            text.append(value(random, depth - 1)).append(space(random));
        }
        return text.append(kind == 2 ? "]" : "}").toString();
    }

    public static String space(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> " ";
            case 1 -> "\n";
            case 2 -> " \t\r\n ";
            default -> "";
        };
    }

    /** The body with one to three bytes changed, dropped, doubled, or its tail cut. */
    public static byte[] damage(Random random, byte[] body) {
        byte[] damaged = body.clone();
        for (int change = 1 + random.nextInt(3); change > 0 && damaged.length > 1; change--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
                case 2 -> {
                    byte[] shorter = Arrays.copyOf(damaged, damaged.length - 1);
                    System.arraycopy(damaged, at + 1, shorter, at, damaged.length - at - 1);
                    damaged = shorter;
                }
                default -> {
                    byte[] longer = Arrays.copyOf(damaged, damaged.length + 1);
                    System.arraycopy(damaged, at, longer, at + 1, damaged.length - at);
                    damaged = longer;
                }
            }
        }
        return damaged;
    }
}
