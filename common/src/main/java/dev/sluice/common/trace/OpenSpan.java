package dev.sluice.common.trace;

import dev.sluice.common.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stretch of time that is recorded and has not ended. Thread-safe; what is said after its end is dropped. */
public interface OpenSpan {

    /** For who works on its behalf elsewhere. */
    TraceContext context();

    /** A part of it that begins now. */
    default OpenSpan part(String name) {
        return part(name, List.of());
    }

    /**
     * As the other.
     *
     * @param together what is worked on in it besides, of other traces perhaps
     */
    OpenSpan part(String name, List<OpenSpan> together);

    OpenSpan with(String key, String value);

    OpenSpan with(String key, long value);

    /** @param code why there is no result; null where there is one */
    void end(@Nullable ErrorCode code);
}
