package dev.sluice.host.onnx.settings;

import dev.sluice.common.text.NearestName;
import dev.sluice.sdk.actor.InvalidActorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping of a config file, read field by field; what is wrong is told with its place. */
final class ConfigFields {

    private final String place;
    private final Map<String, Object> fields;

    private ConfigFields(String place, Map<String, Object> fields) {
        this.place = place;
        this.fields = fields;
    }

    static ConfigFields of(String place, @Nullable Object value, Set<String> known) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> fields.put(String.valueOf(key), each));
        } else if (value != null) {
            throw new InvalidActorException(place + " is no mapping of names to values.");
        }
        for (String field : fields.keySet()) {
            if (!known.isEmpty() && !known.contains(field)) {
                throw new InvalidActorException(place + ": " + field + " is unknown."
                        + NearestName.of(field, List.copyOf(known))
                                .map(meant -> " Did you mean " + meant + "?")
                                .orElse(" There are "
                                        + String.join(
                                                ", ", known.stream().sorted().toList()) + "."));
            }
        }
        return new ConfigFields(place, fields);
    }

    ConfigFields in(String field, Set<String> known) {
        return of(place + ": " + field, fields.get(field), known);
    }

    Set<String> names() {
        return fields.keySet();
    }

    Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field)).map(String::valueOf);
    }

    Optional<Boolean> truth(String field) {
        return value(field, Boolean.class, "true or false");
    }

    Optional<Integer> whole(String field, int least, int most) {
        Optional<Integer> value = value(field, Integer.class, "a whole number");
        value.filter(number -> number < least || number > most).ifPresent(number -> {
            throw wrong(field, "a whole number from " + least + " to " + most);
        });
        return value;
    }

    Optional<Double> number(String field) {
        return value(field, Number.class, "a number").map(Number::doubleValue);
    }

    Optional<List<Long>> sizes(String field) {
        if (!fields.containsKey(field)) {
            return Optional.empty();
        }
        List<Long> sizes = new ArrayList<>();
        if (!(fields.get(field) instanceof List<?> list)) {
            throw wrong(field, "a list of sizes, for instance [1, 576]");
        }
        for (Object size : list) {
            if (!(size instanceof Integer number) || number < -1) {
                throw wrong(field, "a list of sizes, for instance [1, 576]");
            }
            sizes.add(number.longValue());
        }
        return Optional.of(sizes);
    }

    private <T> Optional<T> value(String field, Class<T> type, String what) {
        Object value = fields.get(field);
        if (value != null && !type.isInstance(value)) {
            throw wrong(field, what);
        }
        return Optional.ofNullable(type.cast(value));
    }

    InvalidActorException wrong(String field, String instead) {
        return new InvalidActorException(
                place + ": " + field + " is " + fields.get(field) + ". Write " + instead + ".");
    }
}
