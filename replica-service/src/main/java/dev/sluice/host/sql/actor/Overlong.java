package dev.sluice.host.sql.actor;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.host.sql.file.SqlFile.Limits;

/** What callers are told of results beyond the limits of a file. */
final class Overlong {

    private Overlong() {}

    static Failure rows(Limits limits) {
        return new Failure(
                ErrorCode.TOO_LARGE,
                "The result has more than " + limits.rows()
                        + " rows: ask for less, or raise @max-rows in the query's file.");
    }

    static Failure bytes(Limits limits) {
        return new Failure(
                ErrorCode.TOO_LARGE,
                "The result has more than " + limits.bytes()
                        + " bytes: ask for less, or raise @max-bytes in the query's file.");
    }
}
