package dev.sluice.host.sql.file;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a file of a SQL actor says.
 *
 * @param name of the actor
 * @param version of it
 * @param inFolder whether it lies in a folder of versions: a file that does not, serves as any version
 * @param description one line for people; may be empty
 * @param source the name of the database; empty: the embedded one
 * @param limits of its results and its time
 * @param format of results, unless a caller asks for another
 * @param batch how many queries run together, for a statement that reads {@code inputs}
 * @param slo of queries that name none; null: the platform's
 * @param example an input in JSON to try it with before it serves; null: none
 */
public record SqlFile(
        String name,
        String version,
        boolean inFolder,
        String description,
        String source,
        List<Parameter> parameters,
        Limits limits,
        Format format,
        int batch,
        @Nullable Duration slo,
        @Nullable String example,
        Statement statement) {

    /**
     * How much one query may give and take.
     *
     * @param rows of a result
     * @param bytes of a result as it is written
     * @param time that the database may work on a run; null: as long as callers wait
     */
    public record Limits(int rows, long bytes, @Nullable Duration time) {}

    /** The input for people, as <code>{customer: bigint, since?: date}</code>. */
    public String inputType() {
        return parameters.stream().map(Parameter::described).collect(Collectors.joining(", ", "{", "}"));
    }
}
