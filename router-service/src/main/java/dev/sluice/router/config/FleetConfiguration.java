package dev.sluice.router.config;

import dev.sluice.router.fleet.file.ActorsFile;
import dev.sluice.router.fleet.store.FileFleetStore;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what is known of the actors that are wanted. */
@Configuration(proxyBeanMethods = false)
class FleetConfiguration {

    @Bean
    ActorsFile actorsFile(FleetProperties fleet) {
        Path file = fleet.actorsFile();
        return file == null ? ActorsFile.NONE : ActorsFile.read(file);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "sluice.fleet.store", havingValue = FleetProperties.FILE, matchIfMissing = true)
    FileFleetStore fleetStore(FleetProperties fleet) {
        return new FileFleetStore(fleet.dir());
    }
}
