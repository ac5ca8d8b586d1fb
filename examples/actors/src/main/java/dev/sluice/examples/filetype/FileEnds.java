package dev.sluice.examples.filetype;

import java.nio.IntBuffer;

/**
 * What magika sees of a file, a row of 2,048 numbers: 1,024 bytes from its start and 1,024 from its end, white space at
 * the very ends left out, and 256 where a short file has no byte.
 */
public final class FileEnds {

    public static final int WIDTH = 2_048;
    private static final int END = WIDTH / 2;
    static final int BLOCK = 4_096;
    private static final int PADDING = 256;

    private FileEnds() {}

    /** How many of the first bytes are left once leading white space is stripped; at most 1,024. */
    static int significant(byte[] file) {
        return startEnd(file) - start(file);
    }

    /** Writes one row. */
    public static void write(byte[] file, IntBuffer row) {
        int start = start(file);
        int startEnd = startEnd(file);
        for (int i = start; i < startEnd; i++) {
            row.put(file[i] & 0xff);
        }
        pad(row, END - (startEnd - start));

        int end = end(file);
        int endStart = Math.max(end - END, Math.max(0, file.length - BLOCK));
        pad(row, END - Math.max(0, end - endStart));
        for (int i = endStart; i < end; i++) {
            row.put(file[i] & 0xff);
        }
    }

    private static int start(byte[] file) {
        int limit = Math.min(file.length, BLOCK);
        int start = 0;
        while (start < limit && isSpace(file[start])) {
            start++;
        }
        return start;
    }

    private static int startEnd(byte[] file) {
        return Math.min(start(file) + END, Math.min(file.length, BLOCK));
    }

    private static int end(byte[] file) {
        int limit = Math.max(0, file.length - BLOCK);
        int end = file.length;
        while (end > limit && isSpace(file[end - 1])) {
            end--;
        }
        return end;
    }

    private static void pad(IntBuffer row, int count) {
        for (int i = 0; i < count; i++) {
            row.put(PADDING);
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
