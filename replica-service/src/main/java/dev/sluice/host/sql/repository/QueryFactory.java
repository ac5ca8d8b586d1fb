package dev.sluice.host.sql.repository;

import dev.sluice.host.sql.actor.SqlVersion;
import dev.sluice.host.sql.engine.Source;
import dev.sluice.host.sql.file.SqlFile;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * Makes versions of actors of files.
 *
 * @param sources by name; an {@link IllegalArgumentException} with a sentence where there is none of that name
 */
public record QueryFactory(
        Function<String, Source> sources, ByteBufAllocator allocator, ScheduledExecutorService timers) {

    SqlVersion make(SqlFile file) {
        return new SqlVersion(file, source(file), allocator, timers);
    }

    Source source(SqlFile file) {
        return sources.apply(file.source());
    }
}
