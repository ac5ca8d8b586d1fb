package dev.sluice.common.actor;

import dev.sluice.common.wire.Meta;
import java.util.Map;

/** How important a query is, in its headers, so that actors can call others on its behalf with the same priority. */
public final class CallPriority {

    private static final String HEADER = "sluice-priority";
    private static final int MOST = 255;

    private CallPriority() {}

    /** @param priority 0 where the caller says none */
    public static Map<String, String> headers(int priority) {
        return priority == 0 ? Map.of() : Map.of(HEADER, Integer.toString(priority));
    }

    /** Of the query with this meta; 0 where there is none. */
    public static int of(Meta meta) {
        String text = meta.headers().getOrDefault(HEADER, "");
        try {
            return text.isEmpty() ? 0 : Math.max(0, Math.min(MOST, Integer.parseInt(text)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
