package dev.sluice.router.pipeline.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code $now} and {@code $millis}. The library's own are those of the first evaluation that its thread ever made. */
final class TimeFunction extends Jsonata.JFunction {

    private static final String NOW = "now";
    private static final Map<String, String> SIGNATURES = Map.of(NOW, "<s?s?:s>", "millis", "<:n>");

    private final String name;
    private final long millis;

    /** @param millis since 1970: the same throughout an evaluation */
    TimeFunction(String name, long millis) {
        super(name, SIGNATURES.get(name), Functions.class, null, name);
        this.name = name;
        this.millis = millis;
    }

    static Set<String> names() {
        return SIGNATURES.keySet();
    }

    @Override
    public @Nullable Object call(@Nullable Object input, @SuppressWarnings("rawtypes") List args) {
        return name.equals(NOW) ? Functions.dateTimeFromMillis(millis, text(args, 0), text(args, 1)) : (Object) millis;
    }

    private static @Nullable String text(List<?> arguments, int index) {
        return index < arguments.size() && arguments.get(index) instanceof String text ? text : null;
    }
}
