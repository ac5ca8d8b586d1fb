package dev.sluice.frontend.http.catalogue;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.http.ReservedNames;
import dev.sluice.frontend.http.caller.RequestCaller;
import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemException;
import dev.sluice.frontend.query.Catalogue;
import dev.sluice.frontend.query.Gateway;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Everything but queries on the paths {@code /}, {@code /{actor}} and {@code /{actor}/{method}}. */
public final class CatalogueRoutes {

    private static final Set<HttpMethod> READ = methods(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<HttpMethod> READ_AND_CALL =
            methods(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS);
    private static final Set<HttpMethod> CALL = methods(HttpMethod.POST, HttpMethod.OPTIONS);

    private final Gateway gateway;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public CatalogueRoutes(Gateway gateway) {
        this.gateway = gateway;
    }

    private static Set<HttpMethod> methods(HttpMethod... methods) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(methods)));
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .route(segments(0), request -> respond(request, READ, () -> all(catalogue(request))))
                .route(segments(1), this::actor)
                .route(segments(2), this::method)
                .build();
    }

    private static RequestPredicate segments(int count) {
        return request -> {
            List<String> segments = segmentsOf(request);
            return segments.size() == count && (count == 0 || !ReservedNames.contains(segments.get(0)));
        };
    }

    private static List<String> segmentsOf(ServerRequest request) {
        return request.requestPath().pathWithinApplication().elements().stream()
                .filter(PathContainer.PathSegment.class::isInstance)
                .map(segment -> ((PathContainer.PathSegment) segment).valueToMatch())
                .toList();
    }

    private Catalogue catalogue(ServerRequest request) {
        return new Catalogue(gateway, RequestCaller.of(request.exchange()));
    }

    private byte[] all(Catalogue catalogue) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", "sluice");
        page.put("documentation", "/swagger-ui/");
        page.put("openapi", "/openapi.json");
        page.put("actors", catalogue.actors().stream().map(ActorView::of).toList());
        return pretty(page);
    }

    private Mono<ServerResponse> actor(ServerRequest request) {
        ActorDescriptor actor =
                described(catalogue(request), segmentsOf(request).get(0));
        return respond(request, READ_AND_CALL, () -> pretty(ActorView.of(actor)));
    }

    private Mono<ServerResponse> method(ServerRequest request) {
        List<String> names = segmentsOf(request);
        Catalogue catalogue = catalogue(request);
        described(catalogue, names.get(0));
        try {
            catalogue.target(names.get(0), names.get(1));
        } catch (QueryException e) {
            throw new ProblemException(Problem.of(e.failure(), names.get(0)));
        }
        return respond(request, CALL, () -> new byte[0]);
    }

    private static ActorDescriptor described(Catalogue catalogue, String name) {
        try {
            return catalogue.actor(name);
        } catch (QueryException e) {
            throw new ProblemException(Problem.of(e.failure(), name));
        }
    }

    private Mono<ServerResponse> respond(ServerRequest request, Set<HttpMethod> allowed, Supplier<byte[]> page) {
        HttpMethod asked = request.method();
        if (asked.equals(HttpMethod.OPTIONS)) {
            return ServerResponse.noContent().allow(allowed).build();
        }
        if (asked.equals(HttpMethod.POST) || !allowed.contains(asked)) {
            return Mono.error(new MethodNotAllowedException(asked, allowed));
        }
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .bodyValue(page.get());
    }

    private byte[] pretty(Object page) {
        return (json.writeValueAsString(page) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
