package dev.sluice.frontend.http.openapi;

import dev.sluice.frontend.http.caller.RequestCaller;
import dev.sluice.frontend.query.Catalogue;
import dev.sluice.frontend.query.Gateway;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@code /openapi.json}, made anew from the catalogue at each call, and Swagger UI, which needs nothing from outside. */
public final class OpenApiRoutes {

    private static final String PAGES = "/swagger-ui";

    private static final String INITIALIZER = """
            window.onload = () => {
              window.ui = SwaggerUIBundle({
                url: "/openapi.json",
                dom_id: "#swagger-ui",
                deepLinking: true,
                validatorUrl: null,
                // The one that the page at /ui was given in this tab. It is for this frontend alone: ?url= and a document's servers
                // may name any other.
                requestInterceptor: request => {
                  const key = sessionStorage.getItem("sluice-key");
                  if (key && new URL(request.url, location).origin === location.origin) {
                    request.headers.Authorization = "Bearer " + key;
                  }
                  return request;
                },
                presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
                plugins: [SwaggerUIBundle.plugins.DownloadUrl],
                layout: "StandaloneLayout"
              });
            };
            """;

    private final Gateway gateway;
    private final JsonMapper json = JsonMapper.shared();

    public OpenApiRoutes(Gateway gateway) {
        this.gateway = gateway;
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/openapi.json", this::document)
                .GET("/openapi", request -> page())
                .GET(PAGES, request -> page())
                .GET(PAGES + "/", request -> page())
                .GET(PAGES + "/swagger-initializer.js", request -> initializer())
                .resources(PAGES + "/**", new ClassPathResource(SwaggerUi.folder()))
                .build();
    }

    private Mono<ServerResponse> document(ServerRequest request) {
        Catalogue catalogue = new Catalogue(gateway, RequestCaller.of(request.exchange()));
        byte[] document =
                json.writeValueAsString(OpenApiDocument.of(catalogue.actors())).getBytes(StandardCharsets.UTF_8);
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(document);
    }

    private static Mono<ServerResponse> page() {
        return ServerResponse.temporaryRedirect(URI.create(PAGES + "/index.html"))
                .build();
    }

    private static Mono<ServerResponse> initializer() {
        return ServerResponse.ok()
                .contentType(MediaType.parseMediaType("text/javascript;charset=UTF-8"))
                .bodyValue(INITIALIZER);
    }
}
