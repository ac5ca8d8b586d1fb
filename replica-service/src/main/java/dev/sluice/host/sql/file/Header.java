package dev.sluice.host.sql.file;

import dev.sluice.common.config.ActorLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The header of a file, line by line. What is wrong is thrown as an {@code IllegalArgumentException} with a sentence. */
final class Header {

    private static final Pattern DIRECTIVE = Pattern.compile("-- *@(\\S+) *(.*)");
    private static final Pattern PARAMETER =
            Pattern.compile("(?<name>[A-Za-z_]\\w*) +(?<type>[^=]+?) *(?:= *(?<fallback>.+))?");
    private static final int USUAL_BATCH = 64;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final StringBuilder description = new StringBuilder();
    private String source = "";
    private int rows;
    private long bytes;
    private @Nullable Duration time;
    private Format format = Format.ROWS;
    private int batch = USUAL_BATCH;
    private @Nullable Duration slo;
    private @Nullable String example;

    Header(SqlFile.Limits defaults) {
        rows = defaults.rows();
        bytes = defaults.bytes();
        time = defaults.time();
    }

    void line(String line) {
        Matcher directive = DIRECTIVE.matcher(line);
        if (directive.matches()) {
            directive(directive.group(1), directive.group(2).strip());
        } else {
            String words = line.replaceFirst("^--+", "").strip();
            if (!words.isEmpty()) {
                description.append(description.isEmpty() ? "" : " ").append(words);
            }
        }
    }

    private void directive(String name, String value) {
        if (!name.equals("param") && !seen.add(name)) {
            throw new IllegalArgumentException("@" + name + " is there twice.");
        }
        switch (name) {
            case "param" -> parameter(value);
            case "source" -> source = value;
            case "format" -> format = format(value);
            case "timeout" -> time = duration(name, value);
            case "slo" -> slo = duration(name, value);
            case "max-rows" -> rows = number(name, value, Integer.MAX_VALUE - 1);
            case "max-bytes" -> bytes = size(value);
            case "max-batch-size" -> batch = number(name, value, ActorLimits.LARGEST_BATCH);
            case "example" -> example = json(value);
            default ->
                throw new IllegalArgumentException("@" + name
                        + " is unknown. There are @param, @source, @format, @timeout, @slo, @max-rows, @max-bytes,"
                        + " @max-batch-size and @example.");
        }
    }

    private void parameter(String written) {
        Matcher parts = PARAMETER.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "@param is '" + written
                            + "'. Write a name and a type, and a default where there is one: @param since date = \"2026-01-01\".");
        }
        String name = parts.group("name");
        if (name.equals("query_id")
                || parameters.stream().anyMatch(one -> one.name().equals(name))) {
            throw new IllegalArgumentException("There is a second parameter '" + name + "': choose another name.");
        }
        ParameterType type = ParameterType.named(parts.group("type"))
                .orElseThrow(() -> new IllegalArgumentException("The parameter '" + name + "' is of the type '"
                        + parts.group("type") + "'. Write one of: " + ParameterType.NAMES + "."));
        String fallback = parts.group("fallback");
        parameters.add(new Parameter(name, type, fallback != null, fallback == null ? null : value(type, fallback)));
    }

    private static @Nullable Object value(ParameterType type, String written) {
        JsonNode value = JSON.readTree(json(written));
        if (value.isNull()) {
            return null;
        }
        try {
            return type.read(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The default is " + written + ", and should be " + e.getMessage() + ", or null.", e);
        }
    }

    private static String json(String written) {
        try {
            JSON.readTree(written);
            return written;
        } catch (JacksonException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + written + "' is not JSON; texts stand in double quotes.", e);
        }
    }

    private static Format format(String written) {
        for (Format one : Format.values()) {
            if (one.written().equals(written.toLowerCase(Locale.ROOT))) {
                return one;
            }
        }
        throw new IllegalArgumentException("@format is '" + written + "'. Write rows, columns or arrow.");
    }

    private static Duration duration(String name, String written) {
        try {
            Duration duration = DurationStyle.SIMPLE.parse(written);
            if (duration.compareTo(ActorLimits.SHORTEST_SLO) >= 0 && duration.compareTo(ActorLimits.LONGEST_SLO) <= 0) {
                return duration;
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("@" + name + " is '" + written + "'. Write a time, as 250ms or 2s.", e);
        }
        throw new IllegalArgumentException("@" + name + " is '" + written + "'. Write a time from 1ms to 24h.");
    }

    private static int number(String name, String written, int most) {
        if (written.matches("\\d{1,10}") && Long.parseLong(written) >= 1 && Long.parseLong(written) <= most) {
            return Integer.parseInt(written);
        }
        throw new IllegalArgumentException(
                "@" + name + " is '" + written + "'. Write a number from 1 to " + most + ".");
    }

    private static long size(String written) {
        try {
            long size = DataSize.parse(written).toBytes();
            if (size >= 1) {
                return size;
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("@max-bytes is '" + written + "'. Write a size, as 4MB.", e);
        }
        throw new IllegalArgumentException("@max-bytes is '" + written + "'. Write a size, as 4MB.");
    }

    /** The whole file, once its statement is known. */
    SqlFile file(FoundFile found, Statement statement) {
        for (String used : statement.names()) {
            if (parameters.stream().noneMatch(one -> one.name().equals(used))) {
                throw new IllegalArgumentException(
                        "The statement has a parameter :" + used
                                + " that no @param declares. Declare it; where no parameter is meant, write a space after the colon.");
            }
        }
        if (statement.readsInputs() && !statement.names().isEmpty()) {
            throw new IllegalArgumentException(
                    "The statement reads inputs, so it runs for many queries at once: write inputs."
                            + statement.names().get(0) + " rather than :"
                            + statement.names().get(0) + ".");
        }
        for (Parameter parameter : parameters) {
            if (!statement.readsInputs() && !statement.names().contains(parameter.name())) {
                throw new IllegalArgumentException("The statement does not use the parameter '" + parameter.name()
                        + "': take its @param away, or write :" + parameter.name() + ".");
            }
        }
        if (seen.contains("max-batch-size") && !statement.readsInputs()) {
            throw new IllegalArgumentException(
                    "@max-batch-size is set, and the statement does not read the relation inputs, so it runs query by query.");
        }
        return new SqlFile(
                found.id().actor(),
                found.id().version(),
                found.inFolder(),
                description.toString(),
                source,
                List.copyOf(parameters),
                new SqlFile.Limits(rows, bytes, time),
                format,
                statement.readsInputs() ? batch : 1,
                slo,
                example,
                statement);
    }
}
