package dev.sluice.host.sql.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.host.sql.file.Format;
import dev.sluice.host.sql.file.SqlFile;
import dev.sluice.host.sql.result.ResultWriter;

/** What callers are told of results beyond the limits of a file. */
final class Overlong {

    private Overlong() {}

    static Failure rows(SqlFile file) {
        return new Failure(
                ErrorCode.TOO_LARGE,
                "The result has more than " + file.limits().rows() + " rows: ask for less, " + stream(file)
                        + "or raise @max-rows in the query's file.");
    }

    static Failure bytes(SqlFile file) {
        return new Failure(
                ErrorCode.TOO_LARGE,
                "The result has more than " + file.limits().bytes() + " bytes: ask for less, " + stream(file)
                        + "or raise @max-bytes in the query's file.");
    }

    private static String stream(SqlFile file) {
        return SqlMethods.streams(Format.ARROW, file)
                ? "or for Accept: " + ResultWriter.mediaType(Format.ARROW) + ", which is a stream of any size, "
                : "";
    }
}
