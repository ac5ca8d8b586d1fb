package dev.sluice.common.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which of the known names a misspelt one was meant to be. */
public final class NearestName {

    /** Beyond these a guess would cost more than it helps. */
    private static final int MAX_LENGTH = 64;

    private static final int MAX_NAMES = 1_000;

    private NearestName() {}

    /** The name at the least edit distance, if that is at most a third of the length. */
    public static Optional<String> of(String wanted, List<String> names) {
        if (wanted.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String best = null;
        int bestDistance = Math.max(1, wanted.length() / 3) + 1;
        for (String name : names.subList(0, Math.min(names.size(), MAX_NAMES))) {
            if (name.length() <= MAX_LENGTH && Math.abs(name.length() - wanted.length()) < bestDistance) {
                int distance = distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
                if (distance < bestDistance) {
                    best = name;
                    bestDistance = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
