package dev.sluice.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.link.Link;
import dev.sluice.common.testing.FakeLink;
import dev.sluice.common.wire.Role;
import dev.sluice.frontend.page.KnownRouters.Known;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownRoutersTest {

    private final List<Link> links = new ArrayList<>();
    private final KnownRouters routers = new KnownRouters(() -> links);

    @Test
    void listsThoseThatAreLinkedByTheirNames() {
        links.add(new FakeLink(Role.ROUTER, "b"));
        links.add(new FakeLink(Role.ROUTER, "a"));
        assertThat(routers.look()).extracting(Known::node).containsExactly("a", "b");
        assertThat(routers.look()).allMatch(Known::linked);
    }

    @Test
    void remembersOneThatIsNotLinkedAnyMore() {
        links.add(new FakeLink(Role.ROUTER, "a"));
        routers.look();
        links.clear();
        assertThat(routers.look()).singleElement().matches(known -> !known.linked());
        links.add(new FakeLink(Role.ROUTER, "a"));
        assertThat(routers.look()).singleElement().matches(Known::linked);
    }

    @Test
    void forgetsItInTheEnd() {
        links.add(new FakeLink(Role.ROUTER, "a"));
        routers.look();
        links.clear();
        for (int i = 0; i < 600; i++) {
            assertThat(routers.look()).hasSize(1);
        }
        assertThat(routers.look()).isEmpty();
    }
}
