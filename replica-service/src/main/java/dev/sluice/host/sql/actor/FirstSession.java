package dev.sluice.host.sql.actor;

import dev.sluice.host.sql.engine.SqlErrors;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the session of a new replica. Waits where its database is away, on the replica's own thread: the replica starts until then,
 * since one that fails before it was ready is not replaced.
 */
final class FirstSession {

    private static final Logger log = LoggerFactory.getLogger(FirstSession.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private FirstSession() {}

    /** @throws SQLException where the database is there, and refuses */
    static SqlSession of(SqlVersion version) throws SQLException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return new SqlSession(version.current());
            } catch (SQLException e) {
                if (!SqlErrors.isAway(e)) {
                    throw e;
                }
                if (pause.equals(FIRST_PAUSE)) {
                    log.warn(
                            "A replica of the SQL actor {} waits for its database: {}",
                            version.file().name(),
                            SqlErrors.line(e));
                }
                sleep(pause, e);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        }
    }

    private static void sleep(Duration pause, SQLException away) throws SQLException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away;
        }
    }
}
