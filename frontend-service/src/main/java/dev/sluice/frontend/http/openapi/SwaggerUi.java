package dev.sluice.frontend.http.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;

/** Where the Swagger UI jar keeps its pages: in a folder named after its version, which only the jar knows. */
final class SwaggerUi {

    private SwaggerUi() {}

    static String folder() {
        Properties properties = new Properties();
        try (InputStream in =
                new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties").getInputStream()) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The Swagger UI jar is missing.", e);
        }
        return "META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version") + "/";
    }
}
