package dev.sluice.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.link.Identity;
import dev.sluice.common.link.LinkContext;
import dev.sluice.common.link.LinkHandler;
import dev.sluice.common.link.LinkSettings;
import dev.sluice.common.link.LinkTransport;
import dev.sluice.common.wire.Role;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import reactor.netty.resources.LoopResources;

/** Whoever secures links does not have one in cleartext by mistake, nor the other way round. */
class RouterSchemeTest {

    private static final LinkHandler NOBODY = link -> {
        throw new AssertionError("nothing was to be linked");
    };

    private final DiscoveryProperties listed = new DiscoveryProperties("");

    @Test
    void refusesARouterInCleartextWhereLinksAreSecured() {
        LinkTransport tls =
                new LinkTls(new DefaultSslBundleRegistry("one", SslBundle.systemDefault()), "one", "sluice-router");
        assertThatThrownBy(() -> lookup(tls, "http://router:7000"))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("http://router:7000")
                .satisfies(e -> assertThat(((SettingRefused) e).action()).contains("Write https://router:7000"));
    }

    @Test
    void refusesASecuredRouterWhereThereIsNoBundle() {
        assertThatThrownBy(() -> lookup(LinkTransport.CLEARTEXT, "https://router:7000"))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("https://router:7000")
                .satisfies(e -> assertThat(((SettingRefused) e).action()).contains("set sluice.link.ssl.bundle"));
    }

    private void lookup(LinkTransport transport, String router) {
        LinkContext context =
                new LinkContext(Identity.fresh(Role.HOST, "host"), LinkSettings.defaults(), NOBODY, transport);
        listed.lookup(context, List.of(URI.create(router)), null, LoopResources.create("unused"));
    }
}
