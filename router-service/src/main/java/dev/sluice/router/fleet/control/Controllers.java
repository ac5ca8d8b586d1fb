package dev.sluice.router.fleet.control;

import dev.sluice.common.placement.Rendezvous;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which router controls which actor: the first in the order in which frontends choose routers for it, so that who controls an actor
 * also sees its queries.
 *
 * @param self this router's node id
 * @param live the node ids of all routers that live, this one too
 */
record Controllers(String self, Set<String> live) {

    /** @param linked what hosts say with which routers they are linked */
    static Controllers of(String self, Collection<? extends Collection<String>> linked) {
        Set<String> live = new TreeSet<>();
        live.add(self);
        linked.forEach(live::addAll);
        return new Controllers(self, live);
    }

    boolean isMine(String actor) {
        return Rendezvous.first(actor, live).filter(self::equals).isPresent();
    }

    boolean isAlone() {
        return live.size() == 1;
    }
}
