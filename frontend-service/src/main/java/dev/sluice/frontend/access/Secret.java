package dev.sluice.frontend.access;

/** An API key or a token as its caller sent it. What is logged or shown is never the text. */
public record Secret(String text) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
