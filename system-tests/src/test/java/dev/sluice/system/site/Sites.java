package dev.sluice.system.site;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts a platform when the first test asks for it, keeps it for the others, and ends it after the last. */
public final class Sites implements ParameterResolver {

    static {
        // Its own default of ten seconds is less than a busy machine takes, now and then.
        Awaitility.setDefaultTimeout(Site.LONG);
        // Most of what is waited for is so already.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    private static final Namespace NAMESPACE = Namespace.create(Sites.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Site.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shape shape = parameter.findAnnotation(On.class).orElseThrow().value();
        Site site = context.getRoot().getStore(NAMESPACE).computeIfAbsent(shape, Site::start, Site.class);
        site.makeWhole();
        return site;
    }
}
