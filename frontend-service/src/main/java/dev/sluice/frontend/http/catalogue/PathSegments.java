package dev.sluice.frontend.http.catalogue;

import dev.sluice.common.actor.MethodDescriptor;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Paths of actors and methods, percent-encoded. */
public final class PathSegments {

    private PathSegments() {}

    public static String encoded(String segment) {
        return UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8);
    }

    /** Where to post a method's input: the default method needs no segment of its own. */
    public static String of(String actorPath, MethodDescriptor method) {
        boolean isDefault = method.name().equals(MethodDescriptor.DEFAULT_NAME);
        return isDefault ? actorPath : actorPath + "/" + encoded(method.name());
    }
}
