package dev.sluice.common.metrics;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.ErrorCode.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the queries of one method ended: {@code sluice.queries}, tagged {@code outcome} and, since one outcome has several
 * reasons, {@code code}. All are there from the start, so that the first of a kind is seen as an increase. Thread-safe.
 */
public final class QueryCounters {

    private static final String ANSWERED_CODE = "ok";

    private final Counter answered;
    private final Counter[] byCode;

    /** @param outcomes in which column of the ledger a code is counted */
    public QueryCounters(MeterRegistry meters, Tags tags, String description, Function<ErrorCode, Outcome> outcomes) {
        answered = counter(meters, tags, description, Outcome.ANSWERED, ANSWERED_CODE);
        ErrorCode[] codes = ErrorCode.values();
        byCode = new Counter[codes.length];
        for (ErrorCode code : codes) {
            byCode[code.ordinal()] = counter(meters, tags, description, outcomes.apply(code), lowerCase(code));
        }
    }

    private static Counter counter(MeterRegistry meters, Tags tags, String description, Outcome outcome, String code) {
        return Counter.builder("sluice.queries")
                .description(description)
                .tags(tags)
                .tag("outcome", lowerCase(outcome))
                .tag("code", code)
                .register(meters);
    }

    private static String lowerCase(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** @param code why there is no result; null where there is one */
    public void ended(@Nullable ErrorCode code) {
        (code == null ? answered : byCode[code.ordinal()]).increment();
    }
}
