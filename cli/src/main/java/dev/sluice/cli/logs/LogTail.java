package dev.sluice.cli.logs;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads a log from its end, and then what is added to it. Not thread-safe. */
final class LogTail {

    private static final int BLOCK = 64 * 1024;
    private static final long GLANCE_MILLIS = 200;

    private final Path log;
    private final String prefix;
    private long position;

    LogTail(Path log, String prefix) {
        this.log = log;
        this.prefix = prefix;
    }

    /** The last whole lines; what follows is for {@link #added}. */
    List<String> last(int most) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long end = file.length();
            long start = end;
            byte[] bytes = {};
            while (start > 0 && breaks(bytes) <= most) {
                start = Math.max(0, start - BLOCK);
                bytes = read(file, start, (int) Math.min(Integer.MAX_VALUE, end - start));
            }
            position = start + whole(bytes);
            List<String> lines = lines(bytes, whole(bytes));
            return lines.subList(Math.max(0, lines.size() - most), lines.size());
        }
    }

    /** Whole lines written since the last look; a log that became shorter was begun anew. */
    List<String> added() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            if (file.length() < position) {
                position = 0;
            }
            byte[] bytes = read(file, position, (int) Math.min(BLOCK, file.length() - position));
            int whole = bytes.length == BLOCK && whole(bytes) == 0 ? bytes.length : whole(bytes);
            position += whole;
            return lines(bytes, whole);
        }
    }

    /** Prints what is added to any of them until the program is interrupted. */
    static int follow(List<LogTail> tails, PrintWriter out) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            boolean quiet = true;
            for (LogTail tail : tails) {
                List<String> added = tail.added();
                quiet &= added.isEmpty();
                added.forEach(out::println);
            }
            try {
                if (quiet && never.await(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return 0;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
    }

    private List<String> lines(byte[] bytes, int length) {
        List<String> lines = new ArrayList<>();
        new String(bytes, 0, length, StandardCharsets.UTF_8).lines().forEach(line -> lines.add(prefix + line));
        return lines;
    }

    private static byte[] read(RandomAccessFile file, long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
    }

    private static int breaks(byte[] bytes) {
        int breaks = 0;
        for (byte b : bytes) {
            breaks += b == '\n' ? 1 : 0;
        }
        return breaks;
    }

    /** Up to and with the last line break. */
    private static int whole(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
