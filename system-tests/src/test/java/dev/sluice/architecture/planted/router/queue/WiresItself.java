package dev.sluice.architecture.planted.router.queue;

import org.springframework.context.annotation.Bean;

public class WiresItself {
    @Bean
    public String planted() {
        return "planted";
    }
}
