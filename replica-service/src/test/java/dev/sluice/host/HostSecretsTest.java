package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class HostSecretsTest {

    /** Also where Actuator is told to show values: one of them may be a password, and only the actor's class knows. */
    @Test
    void showsNoArgumentsOfActors() throws Exception {
        try (ConfigurableApplicationContext host = new SpringApplicationBuilder(HostApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--sluice.actors.demo.replicas=7",
                        "--sluice.actors.demo.args.login=planted",
                        "--sluice.host.sql.sources.shop.url=jdbc:postgresql://db/planted",
                        "--sluice.host.sql.sources.shop.properties.sslcert=planted",
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoint.env.show-values=always",
                        "--management.endpoint.configprops.show-values=always")) {
            String port = host.getEnvironment().getRequiredProperty("local.server.port");
            for (String endpoint : new String[] {"env", "configprops"}) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint))
                        .timeout(Duration.ofMinutes(1))
                        .build();
                String shown = HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body();
                assertThat(shown).contains("login", "sslcert").doesNotContain("planted");
            }
        }
    }
}
