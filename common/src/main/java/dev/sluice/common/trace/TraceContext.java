package dev.sluice.common.trace;

import dev.sluice.common.wire.Meta;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which trace a query belongs to, and the span in it that asked: W3C Trace Context, level 1. What callers send is believed only as far as
 * it is valid; else the query has no trace, which is no reason to refuse it.
 *
 * @param traceparent of version 00; empty where there is none
 * @param tracestate passed on as it came; empty where there is none
 */
public record TraceContext(String traceparent, String tracestate) {

    /** By which both travel, over whatever protocol, and in the {@link Meta} of a query. */
    public static final String TRACEPARENT = "traceparent";

    public static final String TRACESTATE = "tracestate";

    public static final TraceContext NONE = new TraceContext("", "");

    /** Of a traceparent of version 00. */
    public static final int LENGTH = 55;

    /** Where the id of the span that asked begins in a traceparent. */
    public static final int SPAN_ID_AT = 36;

    private static final int TRACE_ID_AT = 3;
    private static final int TRACE_ID_END = 35;
    private static final int SPAN_ID_END = 52;
    private static final int FLAGS_AT = 53;
    private static final int SAMPLED = 1;

    /** As long as the standard asks to pass on; what is longer is dropped. */
    private static final int MOST_STATE = 512;

    /**
     * As a caller sent it. What is no valid traceparent is none, and what is no valid tracestate is left out.
     *
     * @param traceparent null where the caller sent none
     * @param tracestate likewise
     */
    public static TraceContext of(@Nullable CharSequence traceparent, @Nullable CharSequence tracestate) {
        if (traceparent == null || !isValid(traceparent)) {
            return NONE;
        }
        // Of a later version, what is known of it: it has to begin as this one does.
        String known = "00" + traceparent.subSequence(2, LENGTH);
        return new TraceContext(known, tracestate == null || !isState(tracestate) ? "" : tracestate.toString());
    }

    /** As it travels with a query. */
    public static TraceContext of(Meta meta) {
        Map<String, String> headers = meta.headers();
        return headers.isEmpty() ? NONE : of(headers.get(TRACEPARENT), headers.get(TRACESTATE));
    }

    private static boolean isValid(CharSequence text) {
        int length = text.length();
        if (length < LENGTH || !isHex(text, 0, 2) || isAll(text, 0, 2, 'f')) {
            return false;
        }
        boolean first = isAll(text, 0, 2, '0');
        if (first ? length != LENGTH : length > LENGTH && text.charAt(LENGTH) != '-') {
            return false;
        }
        return text.charAt(2) == '-'
                && isHex(text, TRACE_ID_AT, TRACE_ID_END)
                && !isAll(text, TRACE_ID_AT, TRACE_ID_END, '0')
                && text.charAt(TRACE_ID_END) == '-'
                && isHex(text, SPAN_ID_AT, SPAN_ID_END)
                && !isAll(text, SPAN_ID_AT, SPAN_ID_END, '0')
                && text.charAt(SPAN_ID_END) == '-'
                && isHex(text, FLAGS_AT, LENGTH);
    }

    private static boolean isHex(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAll(CharSequence text, int from, int to, char what) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != what) {
                return false;
            }
        }
        return true;
    }

    private static boolean isState(CharSequence text) {
        if (text.length() > MOST_STATE) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    public boolean isNone() {
        return traceparent.isEmpty();
    }

    /** 32 hexadecimal digits; empty where there is none. */
    public String traceId() {
        return isNone() ? "" : traceparent.substring(TRACE_ID_AT, TRACE_ID_END);
    }

    /** 16 hexadecimal digits: the span that asked; empty where there is none. */
    public String spanId() {
        return isNone() ? "" : traceparent.substring(SPAN_ID_AT, SPAN_ID_END);
    }

    /** Whether who asked records its spans. */
    public boolean sampled() {
        return !isNone() && (Character.digit(traceparent.charAt(LENGTH - 1), 16) & SAMPLED) != 0;
    }

    /** Adds what there is of it to the headers of a query, in place of what they had. */
    public void putInto(Map<String, String> headers) {
        headers.remove(TRACEPARENT);
        headers.remove(TRACESTATE);
        if (!isNone()) {
            headers.put(TRACEPARENT, traceparent);
            if (!tracestate.isEmpty()) {
                headers.put(TRACESTATE, tracestate);
            }
        }
    }
}
