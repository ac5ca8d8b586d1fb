package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.call.Reply;
import dev.sluice.system.site.On;
import dev.sluice.system.site.OneProcess;
import dev.sluice.system.site.Places;
import dev.sluice.system.site.Shape;
import dev.sluice.system.site.Site;
import dev.sluice.system.site.Sites;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's own Boot application, started as such, serves its actor once it knows the routers. */
@ExtendWith(Sites.class)
class BootHostIT {

    @Test
    void servesTheActorOfAUsersApplication(@On(Shape.STEADY) Site site) {
        Path jar = Places.project().resolve("examples/boot-host/target/sluice-example-boot-host-exec.jar");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                OneProcess.SHORT_LIVED,
                "-jar",
                jar.toString(),
                "--server.port=" + Places.freePorts(1),
                "--sluice.routers=" + site.router(0).url(),
                "--sluice.cluster-secret=" + Site.SECRET);
        try (OneProcess application = OneProcess.start("boot-host", site.folder(), command)) {
            await().atMost(Site.LONG).until(() -> site.caller(0).get("/greeter").ok());
            Reply reply = site.caller(0).call("greeter", "{\"name\": \"Ada\", \"language\": \"fr\"}");

            assertThat(reply.result().path("text").asString()).isEqualTo("Bonjour, Ada!");
            assertThat(application.alive()).isTrue();
        }
    }
}
