package dev.sluice.frontend.config;

import java.net.InetAddress;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The page is where somebody wants it, or where only this machine reaches it and nobody wants it gone. */
final class PageCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        Boolean wanted = environment.getProperty("sluice.ui.enabled", Boolean.class);
        ConditionMessage.Builder message = ConditionMessage.forCondition("The page at /ui");
        if (wanted != null) {
            return new ConditionOutcome(wanted, message.because("sluice.ui.enabled is " + wanted));
        }
        boolean loopback = onlyLoopback(environment);
        return new ConditionOutcome(
                loopback, message.because("the server listens on " + (loopback ? "loopback alone" : "more")));
    }

    static boolean onlyLoopback(Environment environment) {
        return Binder.get(environment)
                .bind("server.address", InetAddress.class)
                .map(InetAddress::isLoopbackAddress)
                .orElse(false);
    }
}
