package dev.sluice.frontend.page;

import dev.sluice.common.link.Link;
import dev.sluice.frontend.drain.FrontendDrain;
import java.net.URI;
import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code /ui}: files of this jar, and what they ask for. */
public final class PageRoutes {

    private static final String ROOT = "/ui";
    private static final ClassPathResource FILES = new ClassPathResource("ui/");

    /** Nothing but what this frontend serves runs or is shown, and no text can become a part of the page. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'";

    private final PageApi api;

    /** What the page is about. */
    public record Subject(
            String node,
            Supplier<Boolean> ready,
            OwnTraffic traffic,
            Supplier<? extends Collection<Link>> routers,
            QueryExplanations queries) {}

    public PageRoutes(
            Subject subject, RouterOverviews overviews, PageSettings settings, FrontendDrain drain, OwnSite site) {
        Lookout lookout = new Lookout(
                () -> new Lookout.Frontend(
                        subject.node(), subject.ready().get(), subject.traffic().now()),
                new KnownRouters(subject.routers()),
                overviews,
                System::nanoTime);
        api = new PageApi(
                new Watchers(lookout::look, settings.every(), settings.maxWatchers()), subject.queries(), drain, site);
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(ROOT, PageRoutes::index)
                .GET(ROOT + "/", PageRoutes::index)
                .add(api.routes())
                .resources(ROOT + "/**", FILES)
                .before(PageRoutes::guarded)
                .build();
    }

    /** Its files are named relative to the folder, so both spellings of that have to work. */
    private static Mono<ServerResponse> index(ServerRequest request) {
        return request.path().endsWith("/")
                ? ServerResponse.ok()
                        .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                        .bodyValue(FILES.createRelative("index.html"))
                : ServerResponse.temporaryRedirect(URI.create(ROOT + "/")).build();
    }

    private static ServerRequest guarded(ServerRequest request) {
        HttpHeaders headers = request.exchange().getResponse().getHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
        return request;
    }
}
