package dev.sluice.router.dispatch;

import dev.sluice.common.concurrent.DrainLoop;
import dev.sluice.common.link.Link;
import dev.sluice.common.membership.CatalogueContent;
import dev.sluice.common.membership.MembershipJson;
import dev.sluice.common.wire.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps frontends up to date with the catalogue. Changes come from several threads; one drain at a time reads the catalogue
 * and sends it, so that an older one never follows a newer one. Thread-safe.
 */
final class CatalogueFeed extends DrainLoop {

    private final ActorDirectory actors;
    private final Set<Link> readers = ConcurrentHashMap.newKeySet();
    private final Set<Link> informed = new HashSet<>();
    private volatile boolean complete;
    private CatalogueContent content = new CatalogueContent(List.of());
    private @Nullable Frame frame;

    CatalogueFeed(ActorDirectory actors) {
        super(Runnable::run);
        this.actors = actors;
    }

    void add(Link reader) {
        readers.add(reader);
        wake();
    }

    void remove(Link reader) {
        readers.remove(reader);
        wake();
    }

    /** Every host that lives has announced itself: nobody is told anything before this. */
    void complete() {
        complete = true;
        wake();
    }

    boolean isComplete() {
        return complete;
    }

    /** What is published may have changed. */
    void changed() {
        wake();
    }

    @Override
    protected void drain() {
        informed.retainAll(readers);
        if (!complete) {
            return;
        }
        CatalogueContent now = new CatalogueContent(actors.published(), actors.spread());
        Frame toSend = frame;
        if (toSend == null || !now.equals(content)) {
            content = now;
            toSend = new Frame.Catalogue(MembershipJson.write(now));
            frame = toSend;
            informed.clear();
        }
        for (Link reader : readers) {
            if (informed.add(reader)) {
                reader.send(toSend);
            }
        }
    }
}
