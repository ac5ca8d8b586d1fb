package dev.sluice.router.dispatch;

import java.util.Comparator;

/** Older versions first, as people count: runs of digits by their value, so that 1.10 comes after 1.9. */
final class VersionOrder implements Comparator<String> {

    static final VersionOrder OLDEST_FIRST = new VersionOrder();

    private VersionOrder() {}

    @Override
    public int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            int difference;
            if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
                int endOfOne = endOfDigits(one, i);
                int endOfOther = endOfDigits(other, j);
                difference = compareNumbers(one.substring(i, endOfOne), other.substring(j, endOfOther));
                i = endOfOne;
                j = endOfOther;
            } else {
                difference = Character.compare(one.charAt(i++), other.charAt(j++));
            }
            if (difference != 0) {
                return difference;
            }
        }
        int difference = Integer.compare(one.length() - i, other.length() - j);
        return difference != 0 ? difference : one.compareTo(other);
    }

    private static int compareNumbers(String one, String other) {
        String significant = withoutZeros(one);
        String otherSignificant = withoutZeros(other);
        int difference = Integer.compare(significant.length(), otherSignificant.length());
        return difference != 0 ? difference : significant.compareTo(otherSignificant);
    }

    private static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
