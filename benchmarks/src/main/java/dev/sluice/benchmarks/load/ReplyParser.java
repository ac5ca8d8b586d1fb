package dev.sluice.benchmarks.load;

/**
 * Finds one HTTP/1.1 reply with a {@code Content-Length} at the start of a buffer. Allocates nothing. Not thread-safe: the
 * fields are those of the reply that was found last.
 */
final class ReplyParser {

    static final int INCOMPLETE = 0;
    static final int MALFORMED = -1;

    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.', '1', ' '};
    private static final byte[] CONTENT_LENGTH = {
        'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'
    };
    private static final int STATUS_LINE = VERSION.length + 3;
    private static final int LONGEST_BODY = 1 << 30;

    private int status;
    private int bodyStart;
    private int bodyLength;

    /** The bytes that the first reply takes in all; {@link #INCOMPLETE} or {@link #MALFORMED} where there is none. */
    int parse(byte[] bytes, int length) {
        if (length < STATUS_LINE) {
            return INCOMPLETE;
        }
        if (!matches(VERSION, bytes, 0)) {
            return MALFORMED;
        }
        status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
        bodyLength = -1;
        int line = lineAfter(bytes, STATUS_LINE, length);
        while (line > 0) {
            if (line + 1 < length && bytes[line] == '\r' && bytes[line + 1] == '\n') {
                return end(line + 2, length);
            }
            if (line + CONTENT_LENGTH.length < length && matches(CONTENT_LENGTH, bytes, line)) {
                bodyLength = number(bytes, line + CONTENT_LENGTH.length, length);
            }
            line = lineAfter(bytes, line, length);
        }
        return INCOMPLETE;
    }

    int status() {
        return status;
    }

    int bodyStart() {
        return bodyStart;
    }

    int bodyLength() {
        return bodyLength;
    }

    private int end(int afterHead, int length) {
        if (bodyLength < 0) {
            return MALFORMED;
        }
        bodyStart = afterHead;
        return length - afterHead >= bodyLength ? afterHead + bodyLength : INCOMPLETE;
    }

    private static int lineAfter(byte[] bytes, int from, int length) {
        for (int i = from; i < length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return INCOMPLETE;
    }

    private static int number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int i = from; i < length && bytes[i] != '\r'; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                number = number * 10 + (bytes[i] - '0');
            } else if (bytes[i] != ' ') {
                return -1;
            }
            if (number > LONGEST_BODY) {
                return -1;
            }
        }
        return (int) number;
    }

    /** Whether {@code bytes} has {@code text} at {@code from}; letters of {@code bytes} match in either case. */
    private static boolean matches(byte[] text, byte[] bytes, int from) {
        for (int i = 0; i < text.length; i++) {
            int b = bytes[from + i];
            if (b != text[i] && !(b >= 'A' && b <= 'Z' && b + 32 == text[i])) {
                return false;
            }
        }
        return true;
    }
}
