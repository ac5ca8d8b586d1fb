package dev.sluice.frontend.query;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Ids for queries whose callers gave none: a random prefix of this process and a count, 24 hexadecimal digits. */
public final class QueryIds {

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private final long prefix = new SecureRandom().nextLong();
    private final AtomicLong count = new AtomicLong();

    public String next() {
        char[] id = new char[24];
        long low = count.incrementAndGet();
        for (int i = 23; i >= 16; i--, low >>>= 4) {
            id[i] = DIGITS[(int) (low & 15)];
        }
        long high = prefix;
        for (int i = 15; i >= 0; i--, high >>>= 4) {
            id[i] = DIGITS[(int) (high & 15)];
        }
        return new String(id);
    }
}
