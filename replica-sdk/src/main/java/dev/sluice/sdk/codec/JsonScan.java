package dev.sluice.sdk.codec;

import io.netty.buffer.ByteBuf;

/**
 * Reads the plainest JSON scalars straight from a buffer. Whatever is not plain it leaves to Jackson, which alone decides
 * what is valid and says what is wrong.
 */
final class JsonScan {

    /** Not a plain number. No plain integer is this small, since they have at most 18 digits. */
    static final long NOT_PLAIN = Long.MIN_VALUE;

    private static final int MAX_DIGITS = 18;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private JsonScan() {}

    /** An integer of at most 18 digits, without leading zeros, exponent or space; else {@link #NOT_PLAIN}. */
    static long integer(ByteBuf body) {
        int at = body.readerIndex();
        int end = body.writerIndex();
        boolean negative = at < end && body.getByte(at) == '-';
        if (negative) {
            at++;
        }
        int digits = end - at;
        if (digits < 1 || digits > MAX_DIGITS || digits > 1 && body.getByte(at) == '0') {
            return NOT_PLAIN;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = body.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_PLAIN;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    /**
     * A number as {@code -12.5}, correctly rounded; NaN where it is not that plain. Its digits make an integer below 2^53
     * and the power of ten is exact as well, so one division rounds once, as IEEE 754 asks (Clinger 1990).
     */
    static double decimal(ByteBuf body) {
        int at = body.readerIndex();
        int end = body.writerIndex();
        boolean negative = at < end && body.getByte(at) == '-';
        if (negative) {
            at++;
        }
        int first = at;
        int point = -1;
        long value = 0;
        if (end - at > MAX_DIGITS) {
            return Double.NaN;
        }
        for (; at < end; at++) {
            byte c = body.getByte(at);
            if (c == '.' && point < 0) {
                point = at;
            } else if (c >= '0' && c <= '9') {
                value = value * 10 + (c - '0');
            } else {
                return Double.NaN;
            }
        }
        int whole = (point < 0 ? end : point) - first;
        if (whole < 1
                || whole > 1 && body.getByte(first) == '0'
                || point == end - 1
                || value >= 1L << 53
                || negative && value == 0) {
            return Double.NaN;
        }
        double exact = point < 0 ? value : value / POWERS_OF_TEN[end - point - 1];
        return negative ? -exact : exact;
    }

    static boolean is(ByteBuf body, byte[] literal) {
        if (body.readableBytes() != literal.length) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if (body.getByte(body.readerIndex() + i) != literal[i]) {
                return false;
            }
        }
        return true;
    }
}
