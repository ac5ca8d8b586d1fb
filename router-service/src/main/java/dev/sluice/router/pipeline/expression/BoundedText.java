package dev.sluice.router.pipeline.expression;

/** A text that looks at the time as it is read: patterns may go back and forth over a short one for ever. */
final class BoundedText implements CharSequence {

    private static final int BETWEEN_LOOKS = 1024;

    private final CharSequence text;
    private final Bounds bounds;
    private int read;

    BoundedText(CharSequence text, Bounds bounds) {
        this.text = text;
        this.bounds = bounds;
    }

    @Override
    public char charAt(int index) {
        if (++read % BETWEEN_LOOKS == 0) {
            bounds.inTime();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
