package dev.sluice.host.sql.config;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.host.sql.config.SqlProperties.SourceProperties;
import dev.sluice.host.sql.engine.DuckDbSource;
import dev.sluice.host.sql.engine.JdbcSource;
import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.engine.SqlErrors;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The databases that files may name; the embedded one has the empty name. */
final class Sources implements AutoCloseable {

    private static final String EMBEDDED = "";

    private final Map<String, Source> sources = new TreeMap<>();

    /** @throws SettingRefused where the embedded database cannot be opened; others may come up later */
    Sources(SqlProperties settings) {
        try {
            sources.put(EMBEDDED, DuckDbSource.open(settings.embedded()));
        } catch (SQLException e) {
            throw new SettingRefused(
                    "The embedded database cannot be opened: " + SqlErrors.line(e),
                    "Correct sluice.host.sql.database, .data-dir or .memory-limit.");
        } catch (UncheckedIOException e) {
            throw new SettingRefused(
                    String.valueOf(e.getMessage()), "Correct sluice.host.sql.data-dir, or let this process read it.");
        } catch (IllegalArgumentException e) {
            throw new SettingRefused(String.valueOf(e.getMessage()), "See sluice.host.sql.data-dir.");
        }
        settings.sources().forEach((name, source) -> sources.put(name, jdbc(name, source)));
    }

    private static Source jdbc(String name, SourceProperties settings) {
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        return new JdbcSource(name, settings.url(), properties);
    }

    /** @throws IllegalArgumentException with a sentence, where there is none */
    Source named(String name) {
        Source source = sources.get(name);
        if (source == null) {
            throw new IllegalArgumentException("@source is '" + name + "', and this host has "
                    + (sources.size() == 1
                            ? "none but the embedded database"
                            : sources.keySet().stream()
                                    .filter(one -> !one.isEmpty())
                                    .toList())
                    + ": set sluice.host.sql.sources." + name + ".url, or correct the name.");
        }
        return source;
    }

    @Override
    public void close() {
        sources.values().forEach(Source::close);
    }
}
